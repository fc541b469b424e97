import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useKeys } from '@/keys/useKeys';
import { useActions } from '@/palette/actions';
import { Digest } from '@/parts/Digest';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { Bound } from './Bound';
import { between } from './changes';
import { ChangeTable } from './ChangeTable';
import { EndDialog } from './EndDialog';
import { ExceptionDialog } from './ExceptionDialog';
import styles from './Governance.module.css';
import { ModelExceptions } from './ModelExceptions';
import { useRights } from './permissions';
import { approvalsPath, entryPath, versionPath } from './places';
import { modelExceptionsQuery, type Approval } from './queries';
import { Requirements } from './Requirements';
import { SignDialog } from './SignDialog';
import { SignOffs } from './SignOffs';
import { canBeWaived, stageOf, verdictOf } from './verdicts';

type Asked = { kind: 'sign' } | { kind: 'refuse' } | { kind: 'withdraw' } | { kind: 'exception'; requirement?: string };

/** An approval with everything that a signer must see: the deciding rows first, then what changed, then what a signature is bound to. */
export function ShownApproval({ workspace, approval, crumbs }: { workspace: string; approval: Approval; crumbs: ReactNode }) {
  const router = useRouter();
  const rights = useRights(workspace);
  const [asked, ask] = useState<Asked>();
  const [seen, see] = useState(approval);
  const exceptions = useQuery(modelExceptionsQuery(workspace, approval.model));
  const waits = approval.state === 'requested';
  const decides = approval.mine.mayDecide;
  const waives = decides && approval.rows.some(canBeWaived);
  const withdraws = waits ? approval.requestedById === rights.me || (rights.ends && !decides) : approval.state === 'granted' && rights.ends;
  const verdict = verdictOf(approval);
  const stage = stageOf(approval);
  const meanwhile = waits ? between(seen, approval) : [];
  const name = `${approval.model} version ${approval.version}`;
  const sign = () => ask({ kind: 'sign' });
  const close = () => ask(undefined);

  useKeys([
    ...(approval.mine.maySign ? [{ keys: 's', label: 'Sign: type the reason, Enter confirms', run: sign }] : []),
    ...(decides ? [{ keys: 'r', label: 'Refuse', run: () => ask({ kind: 'refuse' }) }] : []),
    ...(waives ? [{ keys: 'w', label: 'Waive a requirement by an exception', run: () => ask({ kind: 'exception' }) }] : []),
    { keys: 'Escape', label: 'Back to the approvals', run: () => router.history.push(approvalsPath(workspace)) },
  ]);
  useActions([
    ...(approval.mine.maySign ? [{ id: 'sign', title: `Sign ${name}`, icon: 'approvals' as const, run: sign }] : []),
    ...(decides ? [{ id: 'refuse', title: `Refuse ${name}`, icon: 'close' as const, run: () => ask({ kind: 'refuse' as const }) }] : []),
    ...(waives ? [{ id: 'waive', title: `Grant an exception for ${name}`, icon: 'exceptions' as const, run: () => ask({ kind: 'exception' as const }) }] : []),
  ]);

  return (
    <Page
      title={name}
      crumbs={crumbs}
      chips={
        <>
          <VerdictChip verdict={stage.verdict} atMs={approval.endedMs ?? approval.grantedMs ?? undefined}>
            {stage.word}
          </VerdictChip>
          {approval.tier != null && <span className={styles.tag}>tier {approval.tier}</span>}
        </>
      }
      facts={
        <>
          <span>
            asked for by <Who name={approval.requestedBy} /> <When atMs={approval.requestedMs} />
          </span>
          <Go href={versionPath(workspace, approval.model, approval.version)}>the version</Go>
          <Go href={entryPath(workspace, approval.model)}>inventory entry</Go>
          <span>
            evidence <Digest value={approval.evidenceDigest} />
          </span>
          {approval.expiresMs != null && (
            <span>
              ends <When atMs={approval.expiresMs} />
            </span>
          )}
        </>
      }
      action={
        approval.mine.maySign && (
          <Button size="compact-md" onClick={sign} aria-keyshortcuts="s">
            Sign
          </Button>
        )
      }
    >
      <div className={styles.stack}>
        {meanwhile.length > 0 && (
          <section className={`${styles.panel} ${styles.alarm}`} role="status" aria-label="Changed while you read">
            <div className={styles.panelHead}>
              <h2>This changed while you read</h2>
              <Button className={styles.end} size="compact-sm" variant="default" onClick={() => see(approval)}>
                I have seen it
              </Button>
            </div>
            <ChangeTable label="What changed while you read" changes={meanwhile} from="when you opened it" to="now" />
          </section>
        )}
        {approval.endedReason && (
          <p className={styles.ended}>
            <VerdictChip verdict={stage.verdict} quiet>
              {stage.word}
            </VerdictChip>{' '}
            <bdi>{approval.endedReason}</bdi> {approval.endedBy && <Who name={approval.endedBy} />}
          </p>
        )}
        {approval.overtaken.length > 0 && (
          <section className={`${styles.panel} ${styles.alarm}`} aria-label="Changed since it was signed">
            <div className={styles.panelHead}>
              <h2>Changed since it was signed</h2>
            </div>
            <ChangeTable label="What changed since the first sign-off" changes={approval.overtaken} from="as signed" to="now" />
          </section>
        )}
        <div className={styles.approval}>
          <div className={styles.stack}>
            <section className={styles.panel} aria-labelledby="requirements">
              <div className={styles.verdict} data-verdict={verdict.verdict}>
                <h2 id="requirements">
                  <VerdictChip verdict={verdict.verdict} quiet>
                    {verdict.word}
                  </VerdictChip>
                </h2>
                <p>{verdict.sentence}</p>
              </div>
              <Requirements
                workspace={workspace}
                approval={approval}
                exceptions={exceptions.data ?? []}
                onWaive={waives ? (requirement) => ask({ kind: 'exception', requirement }) : undefined}
              />
            </section>
            <section className={styles.panel} aria-labelledby="since">
              <div className={styles.panelHead}>
                <h2 id="since">Since the last approval of this model</h2>
              </div>
              {approval.comparedVersion == null ? (
                <p className={styles.quiet}>No version of {approval.model} was approved before: there is nothing to compare with.</p>
              ) : (
                <ChangeTable
                  label="What differs from the last approval"
                  changes={approval.changes}
                  from={`version ${approval.comparedVersion}, approved`}
                  to={`version ${approval.version}`}
                />
              )}
            </section>
            <Bound approval={approval} />
          </div>
          <div className={styles.stack}>
            <SignOffs
              approval={approval}
              onSign={approval.mine.maySign ? sign : undefined}
              onRefuse={decides ? () => ask({ kind: 'refuse' }) : undefined}
              onWaive={waives ? () => ask({ kind: 'exception' }) : undefined}
              onWithdraw={withdraws ? () => ask({ kind: 'withdraw' }) : undefined}
            />
            <ModelExceptions workspace={workspace} model={approval.model} exceptions={exceptions} />
          </div>
        </div>
      </div>
      {asked?.kind === 'sign' && <SignDialog workspace={workspace} seen={approval} exceptions={exceptions.data ?? []} onClose={close} />}
      {(asked?.kind === 'refuse' || asked?.kind === 'withdraw') && (
        <EndDialog workspace={workspace} approval={approval} how={asked.kind} onClose={close} />
      )}
      {asked?.kind === 'exception' && <ExceptionDialog workspace={workspace} approval={approval} requirement={asked.requirement} onGranted={see} onClose={close} />}
    </Page>
  );
}
