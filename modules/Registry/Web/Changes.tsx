import { useQuery } from '@tanstack/react-query';
import { VersionDifferences } from '@/parts/VersionDifferences';
import { against } from './against';
import { diffQuery } from './queries';
import styles from './Registry.module.css';
import { versionRoute } from './routes';

interface ChangesProps {
  workspace: string;
  model: string;
  version: number;
  /** The versions that are there, newest first. */
  others: readonly number[];
}

/** What differs from another version, the one before unless another is chosen. */
export function Changes({ workspace, model, version, others }: ChangesProps) {
  const { against: asked } = versionRoute.useSearch();
  const navigate = versionRoute.useNavigate();
  const other = against(version, others, asked);
  const diff = useQuery({ ...diffQuery(workspace, model, other ?? 0, version), enabled: other !== undefined });
  return (
    <section className={styles.panel} aria-labelledby="changes">
      <div className={styles.panelHead}>
        <h2 id="changes">What changed</h2>
        {other !== undefined && (
          <label className={styles.end}>
            since{' '}
            <select value={other} onChange={(event) => void navigate({ search: { against: Number(event.currentTarget.value) }, replace: true })} data-no-print>
              {others
                .filter((each) => each !== version)
                .map((each) => (
                  <option key={each} value={each}>
                    version {each}
                  </option>
                ))}
            </select>
          </label>
        )}
      </div>
      {other === undefined ? (
        <p className={styles.quiet}>There is no other version to compare with.</p>
      ) : (
        <VersionDifferences diff={diff} from={other} to={version} />
      )}
    </section>
  );
}
