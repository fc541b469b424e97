import { useQuery } from '@tanstack/react-query';
import { Dialog } from '@/parts/Dialog';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { TextDiff } from '@/parts/TextDiff';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Governance.module.css';
import { policiesPath, policyPath } from './places';
import { policyVersionQuery, policyVersionsQuery, type Policy } from './queries';
import { policiesRoute } from './routes';

const named = (version: number): string => (version === 0 ? 'the built-in one' : `version ${version}`);

/** Every policy that was in force, the newest first, each with what it changed. */
export function PolicyVersions({ workspace, shown }: { workspace: string; shown: Policy }) {
  const versions = useQuery(policyVersionsQuery(workspace));
  const { version, against } = policiesRoute.useSearch();
  const navigate = policiesRoute.useNavigate();
  return (
    <section className={styles.panel} aria-labelledby="versions">
      <div className={styles.panelHead}>
        <h2 id="versions">Versions</h2>
      </div>
      {versions.isPending ? (
        <Skeleton lines={2} label="Reading versions" />
      ) : versions.isError ? (
        <Problem title="The versions could not be read" error={versions.error} retry={() => void versions.refetch()} />
      ) : (
        <ul className={styles.signed} aria-label="Versions of the policy">
          {versions.data
            .filter((each) => each.version > 0)
            .map((each) => (
              <li key={each.version}>
                <span>
                  <Go href={each.inForce ? policiesPath(workspace) : policyPath(workspace, each.version)} aria-current={each.version === shown.version || undefined}>
                    version {each.version}
                  </Go>
                  {each.inForce && (
                    <VerdictChip verdict="yes" quiet>
                      in force
                    </VerdictChip>
                  )}
                  <button
                    type="button"
                    className={`${styles.link} ${styles.end}`}
                    aria-label={`What version ${each.version} changed`}
                    onClick={() => void navigate({ search: { version: each.inForce ? undefined : each.version, against: each.version - 1 } })}
                  >
                    what changed
                  </button>
                </span>
                {each.reason && <bdi>{each.reason}</bdi>}
                <small>
                  <bdi>{each.by}</bdi> <When atMs={each.createdMs} />
                </small>
              </li>
            ))}
          <li>
            <span>
              <Go href={policyPath(workspace, 0)}>built in</Go>
            </span>
            <small>in force until somebody sets another one</small>
          </li>
        </ul>
      )}
      {against !== undefined && (
        <Dialog label={`${named(against)} and ${named(shown.version)}`} size={860} onClose={() => void navigate({ search: { version, against: undefined } })}>
          <Compared workspace={workspace} from={against} to={shown} />
        </Dialog>
      )}
    </section>
  );
}

function Compared({ workspace, from, to }: { workspace: string; from: number; to: Policy }) {
  const before = useQuery(policyVersionQuery(workspace, from));
  return before.isPending ? (
    <Skeleton lines={6} label="Comparing" />
  ) : before.isError ? (
    <Problem title="The other version could not be read" error={before.error} retry={() => void before.refetch()} />
  ) : (
    <TextDiff label="Lines that differ" from={before.data.text ?? ''} to={to.text ?? ''} />
  );
}
