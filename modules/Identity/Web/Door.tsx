import { useEffect, type ReactNode } from 'react';
import styles from './Identity.module.css';

/** The frame of the pages in front of the shell: sign-in and set-up. */
export function Door({ title, insecure, children }: { title: string; insecure?: boolean; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Slipway`;
  }, [title]);
  return (
    <main className={styles.door}>
      <div className={styles.sheet}>
        <div className={styles.mark} aria-hidden="true">
          <svg viewBox="0 0 32 32" width="34" height="34">
            <rect width="32" height="32" rx="7" fill="#0b476c" />
            <path d="M16 6 25 21H7z" fill="#fff" />
            <path d="M6 25h20" stroke="#ff7a1a" strokeWidth="3" strokeLinecap="round" />
          </svg>
          Slipway
        </div>
        <h1>{title}</h1>
        {insecure && (
          <p className={styles.warning}>
            <strong>Not encrypted.</strong> This address is plain HTTP: a password typed here can be read on the way.
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
