import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { AskDialog } from './AskDialog';
import styles from './Governance.module.css';
import { useRights } from './permissions';
import { approvalPath, approvalsPath } from './places';
import { approvalsQuery } from './queries';
import { stageOf } from './verdicts';

/** The approvals of a model, newest first. */
export function ModelApprovals({ workspace, model }: { workspace: string; model: string }) {
  const approvals = useInfiniteQuery(approvalsQuery(workspace, undefined, model));
  const rows = approvals.data?.pages.flatMap(({ items }) => items) ?? [];
  const [asking, ask] = useState(false);
  const { asks } = useRights(workspace);
  return (
    <section className={styles.panel} aria-labelledby="approvals">
      <div className={styles.panelHead}>
        <h2 id="approvals">Approvals</h2>
        {asks && (
          <button type="button" className={`${styles.link} ${styles.end}`} onClick={() => ask(true)}>
            ask for one
          </button>
        )}
        <Go className={asks ? undefined : styles.end} href={`${approvalsPath(workspace)}?state=all&model=${encodeURIComponent(model)}`}>
          all
        </Go>
      </div>
      {approvals.isPending ? (
        <Skeleton lines={2} label="Reading approvals" />
      ) : approvals.isError ? (
        <Problem title="The approvals could not be read" error={approvals.error} retry={() => void approvals.refetch()} />
      ) : rows.length === 0 ? (
        <p className={styles.quiet}>Nobody has asked for one.</p>
      ) : (
        <ul className={styles.signed} aria-label={`Approvals of ${model}`}>
          {rows.slice(0, 6).map((row) => (
            <li key={row.id}>
              <span>
                <Go href={approvalPath(workspace, row.id)}>version {row.version}</Go>
                <VerdictChip verdict={stageOf(row).verdict} quiet>
                  {stageOf(row).word}
                </VerdictChip>
              </span>
              {row.endedReason && <bdi>{row.endedReason}</bdi>}
              <small>
                asked for by <bdi>{row.requestedBy}</bdi> <When atMs={row.requestedMs} />
              </small>
            </li>
          ))}
        </ul>
      )}
      {asking && <AskDialog workspace={workspace} model={model} onClose={() => ask(false)} />}
    </section>
  );
}
