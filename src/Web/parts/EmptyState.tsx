import type { ReactNode } from 'react';
import styles from './parts.module.css';

/** What would be here, why it is useful, and the next step. */
export function EmptyState({ title, why, children }: { title: string; why: ReactNode; children?: ReactNode }) {
  return (
    <section className={styles.empty}>
      <h2>{title}</h2>
      <p>{why}</p>
      {children}
    </section>
  );
}
