import { Digest } from '@/parts/Digest';
import { useNow } from '@/parts/useNow';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import type { Deployment } from './queries';
import styles from './Serving.module.css';
import { replicaSaid } from './states';

/** Each process and each version: the digest of what it has loaded beside the digest of what was approved. */
export function Replicas({ deployments }: { deployments: readonly Deployment[] }) {
  const now = useNow();
  const rows = deployments.flatMap((deployment) => deployment.replicas.map((replica) => ({ deployment, replica })));
  const unloaded = deployments.filter(({ replicas }) => replicas.length === 0);
  return (
    <>
      {rows.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="What each process has loaded">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Replica</th>
                <th scope="col">Version</th>
                <th scope="col">Observed</th>
                <th scope="col">Approved</th>
                <th scope="col">Verdict</th>
                <th scope="col">Last heard of</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ deployment, replica }) => {
                const { verdict, word } = replicaSaid(replica, now);
                return (
                  <tr key={`${deployment.id} ${replica.replica}`}>
                    <th scope="row">
                      <code title={replica.replica}>{replica.replica.slice(-8)}</code>
                    </th>
                    <td>
                      {deployment.version} <small>{deployment.role}</small>
                    </td>
                    <td>{replica.digest ? <Digest value={replica.digest} /> : '–'}</td>
                    <td>
                      <Digest value={deployment.modelDigest} />
                    </td>
                    <td>
                      <VerdictChip verdict={verdict} quiet>
                        {word}
                      </VerdictChip>
                      {replica.fault && <small className={styles.fault}>{replica.fault}</small>}
                    </td>
                    <td>
                      <When atMs={replica.seenMs} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {unloaded.map(({ id, version }) => (
        <p key={id} className={styles.quiet}>
          <VerdictChip verdict="unknown" quiet>{`No process has said yet that it has loaded version ${version}`}</VerdictChip>
        </p>
      ))}
      {deployments.length === 0 && <p className={styles.quiet}>Nothing is deployed, so nothing is loaded.</p>}
    </>
  );
}
