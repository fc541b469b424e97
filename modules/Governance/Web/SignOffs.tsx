import { Button } from '@mantine/core';
import { Digest } from '@/parts/Digest';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import styles from './Governance.module.css';
import { signedOf } from './inbox';
import type { Approval } from './queries';

interface SignOffsProps {
  approval: Approval;
  /** Absent: the reader may not. */
  onSign?: () => void;
  onRefuse?: () => void;
  onWaive?: () => void;
  onWithdraw?: () => void;
}

/** Who has signed, who may, and what the reader can do. */
export function SignOffs({ approval, onSign, onRefuse, onWaive, onWithdraw }: SignOffsProps) {
  const { needs, signOffs, mine, state } = approval;
  const missing = Math.max(0, needs.signOffs - needs.have);
  return (
    <section className={styles.panel} aria-labelledby="signoffs">
      <div className={styles.panelHead}>
        <h2 id="signoffs">Sign-offs</h2>
        <span>{signedOf(approval)}</span>
      </div>
      <div className={styles.reason}>
        <small>why it is asked for</small>
        <bdi>{approval.reason}</bdi>
      </div>
      {signOffs.length > 0 && (
        <ol className={styles.signed} aria-label="Signed by">
          {signOffs.map((each) => (
            <li key={each.byId}>
              <span>
                <Who name={each.by} /> <When atMs={each.atMs} />
              </span>
              <bdi>{each.reason}</bdi>
              <small>
                on evidence <Digest value={each.evidenceDigest} />
              </small>
            </li>
          ))}
        </ol>
      )}
      {state === 'requested' && (
        <div className={styles.mine}>
          <p>
            {missing === 1 ? 'One more person must sign' : `${missing} more people must sign`}: an approver who neither registered the version, nor owns the
            model, nor asked.
          </p>
          <p>
            {mine.maySign ? (
              <VerdictChip verdict="attention">you may sign</VerdictChip>
            ) : mine.mayDecide ? (
              <>
                <VerdictChip verdict="attention">you decide</VerdictChip> Waive what stands against it by an exception where that can be, or refuse.
              </>
            ) : (
              <>
                <VerdictChip verdict="unknown">you cannot sign</VerdictChip> <bdi>{mine.why}</bdi>
              </>
            )}
          </p>
        </div>
      )}
      {(onSign ?? onRefuse ?? onWaive ?? onWithdraw) && (
        <div className={styles.decide} data-no-print>
          {onSign && (
            <Button size="compact-md" onClick={onSign}>
              Sign <kbd>s</kbd>
            </Button>
          )}
          {onRefuse && (
            <Button size="compact-md" variant="default" onClick={onRefuse}>
              Refuse <kbd>r</kbd>
            </Button>
          )}
          {onWaive && (
            <Button size="compact-md" variant="default" onClick={onWaive}>
              Exception <kbd>w</kbd>
            </Button>
          )}
          {onWithdraw && (
            <Button size="compact-md" variant="default" onClick={onWithdraw}>
              Take back
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
