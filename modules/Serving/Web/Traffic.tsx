import { percent } from '@/parts/bars';
import { counted } from '@/parts/format';
import { Go } from '@/parts/Go';
import { When } from '@/parts/When';
import { approvalPath, versionPath } from './places';
import type { Deployment, Endpoint } from './queries';
import styles from './Serving.module.css';
import { thresholdSaid, trafficSaid } from './states';

/** Who gets which version: the shares of champion and canary as one bar, shadows beside it, then each version with what it decides and who approved it. */
export function Traffic({ workspace, endpoint }: { workspace: string; endpoint: Endpoint }) {
  const { deployments } = endpoint;
  const answering = deployments.filter(({ role }) => role !== 'shadow');
  const shadows = deployments.filter(({ role }) => role === 'shadow');
  return (
    <>
      <div className={styles.shares} data-stopped={endpoint.stopped || undefined}>
        <div className={styles.bar} role="img" aria-label={endpoint.stopped ? `Stopped; before: ${trafficSaid(deployments)}` : trafficSaid(deployments)}>
          {answering.map(({ id, role, share, version }) => (
            <span key={id} data-role={role} style={{ flexGrow: share, flexBasis: 0 }}>
              <b>v{version}</b> {percent(share)}
            </span>
          ))}
        </div>
        {shadows.length > 0 && (
          <div className={styles.shadows}>
            {shadows.map(({ id, version }) => (
              <span key={id}>
                <b>v{version}</b> shadow
              </span>
            ))}
          </div>
        )}
      </div>
      <ul className={styles.deployments} aria-label="Deployments">
        {deployments.map((deployment) => (
          <One key={deployment.id} workspace={workspace} model={endpoint.model} deployment={deployment} />
        ))}
      </ul>
    </>
  );
}

function One({ workspace, model, deployment }: { workspace: string; model: string; deployment: Deployment }) {
  const { role, version, share, predictions, sinceMs, by, approvalId } = deployment;
  const decides = thresholdSaid(deployment);
  return (
    <li>
      <span className={styles.role} data-role={role}>
        {role}
      </span>
      <p>
        <Go href={versionPath(workspace, model, version)}>version {version}</Go>
        <strong>{role === 'shadow' ? 'answers nobody' : percent(share)}</strong>
        <span>{counted('prediction', predictions)}</span>
        <span>{decides ?? 'gives scores, decides nothing'}</span>
      </p>
      <p>
        <span>
          since <When atMs={sinceMs} /> by <bdi>{by}</bdi>
        </span>
        {approvalId ? <Go href={approvalPath(workspace, approvalId)}>its approval</Go> : <span>no approval is named</span>}
      </p>
    </li>
  );
}
