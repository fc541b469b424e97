import type { ReactNode } from 'react';
import { count } from '@/parts/format';
import styles from './DataTable.module.css';

interface TableFootProps {
  loaded: number;
  hasMore: boolean;
  loading: boolean;
  children?: ReactNode;
}

/** How much of the whole is shown. */
export function TableFoot({ loaded, hasMore, loading, children }: TableFootProps) {
  const said = loading ? `${count(loaded)} loaded, more are being read` : hasMore ? `${count(loaded)} loaded, more below` : `${count(loaded)} in all`;
  return (
    <div className={styles.foot}>
      <span role="status">{said}</span>
      <span>{children}</span>
    </div>
  );
}
