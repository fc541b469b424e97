import { VerdictChip, type Verdict } from '@/parts/VerdictChip';
import type { Run } from './queries';
import styles from './Tracking.module.css';

const verdicts: Partial<Record<Run['status'], Verdict>> = { finished: 'yes', failed: 'no', killed: 'attention', scheduled: 'unknown' };

/** How a run stands, as its client says: a shape and a word, the colour only besides. */
export function RunStatus({ status, quiet = false }: { status: Run['status']; quiet?: boolean }) {
  const verdict = verdicts[status];
  return verdict ? (
    <VerdictChip verdict={verdict} quiet={quiet}>
      {status}
    </VerdictChip>
  ) : (
    <span className={styles.running}>
      <i aria-hidden="true" />
      {status}
    </span>
  );
}
