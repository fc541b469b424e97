import { count } from '@/parts/format';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Monitoring.module.css';
import type { Share, Watched, WindowRow } from './queries';
import { shareSaid, shareVerdict } from './verdicts';

/** The share of each decision against its approved band, in the window that fills and in the one that was chosen. */
export function Shares({ watched, window }: { watched: Watched; window: WindowRow | undefined }) {
  const { open } = watched;
  return (
    <section className={styles.panel} aria-labelledby="shares">
      <div className={styles.panelHead}>
        <h2 id="shares">Decisions</h2>
        <span>against their approved bands</span>
      </div>
      {open && (
        <Group
          title={
            <>
              Now filling, {count(open.predictions)} of {count(open.size)}, closes <When atMs={open.closesMs} /> at the latest
            </>
          }
          shares={open.decisions}
          predictions={open.predictions}
        />
      )}
      {window && (
        <Group
          title={
            <>
              Window {window.number}, until <When atMs={window.toMs} />
            </>
          }
          shares={window.shares}
          predictions={window.predictions}
        />
      )}
      {!open && !window && <p className={styles.quiet}>No prediction was looked at yet.</p>}
    </section>
  );
}

function Group({ title, shares, predictions }: { title: React.ReactNode; shares: readonly Share[]; predictions: number }) {
  return (
    <div className={styles.shares}>
      <p className={styles.dim}>{title}</p>
      {shares.length === 0 && <p>The version decides nothing, it gives scores.</p>}
      {shares.map((share) => {
        const { decision, low, high, evidence, breaksAt } = share;
        const banded = typeof low === 'number' || typeof high === 'number';
        return (
          <div key={decision} className={styles.share}>
            <span>
              <bdi>{decision}</bdi>
              <VerdictChip verdict={shareVerdict(share)} quiet>
                {banded ? { yes: 'inside', attention: 'outside, may be chance', no: 'outside', unknown: '' }[shareVerdict(share)] : 'no band'}
              </VerdictChip>
            </span>
            <svg className={styles.track} viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true">
              <path className={styles.ground} d="M0 8H200" vectorEffect="non-scaling-stroke" />
              {banded && <rect className={styles.band} x={(low ?? 0) * 200} y={2} width={((high ?? 1) - (low ?? 0)) * 200} height={12} />}
              <rect className={styles.point} x={Math.max(0, Math.min(197, share.share * 200 - 1.5))} y={0} width={3} height={16} />
            </svg>
            <small>{shareSaid(share, predictions)}</small>
            {typeof evidence === 'number' && typeof breaksAt === 'number' && (
              <small>
                evidence against the band {evidence.toFixed(1)}; it counts as left at {breaksAt.toFixed(1)}
              </small>
            )}
          </div>
        );
      })}
    </div>
  );
}
