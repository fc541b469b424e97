import { ago, exact } from './format';
import styles from './parts.module.css';
import { useNowAfter } from './useNow';

/** "3 min ago"; the exact time with its zone is the title, and is read out when focused. */
export function When({ atMs, focusable = true }: { atMs: number | null | undefined; focusable?: boolean }) {
  const now = useNowAfter(atMs);
  if (atMs === null || atMs === undefined) {
    return <span className={styles.none}>–</span>;
  }
  const time = exact(atMs);
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={time}
      aria-label={`${ago(atMs, now)}, ${time}`}
      tabIndex={focusable ? 0 : undefined}
      className={styles.when}
    >
      {ago(atMs, now)}
    </time>
  );
}
