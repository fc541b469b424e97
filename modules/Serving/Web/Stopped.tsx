import { Who } from '@/parts/Who';
import { When } from '@/parts/When';
import type { Endpoint } from './queries';
import styles from './Serving.module.css';

/** Why it does not answer, or why its shares are frozen, and who has released it so far. */
export function Stopped({ endpoint }: { endpoint: Endpoint }) {
  const { stopped, rollout, reason, releases, changedMs } = endpoint;
  if (!stopped && rollout !== 'halted' && !reason) {
    return null;
  }
  const title = stopped ? 'Stopped: nothing is answered.' : rollout === 'halted' ? 'The rollout is halted: shares are frozen.' : 'Last rolled back.';
  return (
    <section className={styles.banner} data-tone={stopped ? 'no' : rollout === 'halted' ? 'attention' : 'quiet'} aria-label="Why">
      <p>
        <strong>{title}</strong> <bdi>{reason ?? 'Nobody gave a reason.'}</bdi>{' '}
        <span className={styles.dim}>
          <When atMs={changedMs} />
        </span>
      </p>
      {stopped && (
        <>
          {(releases ?? []).map((release) => (
            <p key={release.by}>
              ✓ released by <Who name={release.by} /> <When atMs={release.atMs} />: <bdi>{release.reason}</bdi>
            </p>
          ))}
          <p>{(releases?.length ?? 0) === 0 ? 'Two people must release it before it answers again.' : 'One more person must release it.'}</p>
        </>
      )}
    </section>
  );
}
