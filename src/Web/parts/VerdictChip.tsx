import { ago } from './format';
import styles from './parts.module.css';
import { useNow } from './useNow';

export type Verdict = 'yes' | 'no' | 'attention' | 'unknown';

const shapes: Record<Verdict, string> = { yes: '✓', no: '✕', attention: '!', unknown: '?' };

interface VerdictChipProps {
  verdict: Verdict;
  /** The word; a colour or a shape alone says nothing. */
  children: string;
  /** When it was found, for verdicts that can go stale. */
  atMs?: number;
  /** Without a ground, for tables where every row has one. */
  quiet?: boolean;
}

/** Shape, word and colour, and the age of what can go stale. */
export function VerdictChip({ verdict, children, atMs, quiet = false }: VerdictChipProps) {
  const now = useNow();
  return (
    <span className={styles.chip} data-verdict={verdict} data-quiet={quiet || undefined}>
      <span aria-hidden="true" className={styles.shape}>
        {shapes[verdict]}
      </span>
      {children}
      {atMs !== undefined && <span className={styles.age}>{ago(atMs, now)}</span>}
    </span>
  );
}
