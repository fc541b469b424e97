import { Digest } from '@/parts/Digest';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { versionPath, type VersionRow } from './queries';
import styles from './Registry.module.css';

interface VersionTableProps {
  workspace: string;
  model: string;
  rows: readonly VersionRow[];
  /** How the reading goes. */
  versions: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
}

/** The versions of a model, newest first, with what each came from. */
export function VersionTable({ workspace, model, rows, versions }: VersionTableProps) {
  return (
    <section className={styles.panel} aria-labelledby="versions">
      <div className={styles.panelHead}>
        <h2 id="versions">Versions</h2>
      </div>
      {versions.isPending ? (
        <Skeleton lines={4} label="Reading versions" />
      ) : versions.isError && rows.length === 0 ? (
        <Problem title="The versions could not be read" error={versions.error} retry={() => void versions.refetch()} />
      ) : rows.length === 0 ? (
        <p className={styles.quiet}>None is there.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Versions of the model">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Aliases</th>
                <th scope="col">Registered</th>
                <th scope="col">By</th>
                <th scope="col">Came from</th>
                <th scope="col">Model digest</th>
                <th scope="col">Compare</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => {
                const before = rows[at + 1]?.version;
                return (
                  <tr key={row.version}>
                    <th scope="row">
                      <Go href={versionPath(workspace, model, row.version)}>version {row.version}</Go>
                      {row.description && (
                        <small>
                          <bdi>{row.description}</bdi>
                        </small>
                      )}
                    </th>
                    <td>
                      {row.aliases.map((alias) => (
                        <bdi key={alias} className={styles.alias}>
                          {alias}
                        </bdi>
                      ))}
                      {row.stage !== 'none' && <small>stage {row.stage}</small>}
                    </td>
                    <td>
                      <When atMs={row.createdMs} />
                    </td>
                    <td>
                      <bdi>{row.by || '–'}</bdi>
                    </td>
                    <td>
                      {row.pipelineRunId ? (
                        <Go href={`/w/${workspace}/pipeline-runs/${encodeURIComponent(row.pipelineRunId)}`}>pipeline run</Go>
                      ) : row.runId ? (
                        <Go href={`/w/${workspace}/runs/${encodeURIComponent(row.runId)}`}>run</Go>
                      ) : (
                        <code title={row.source}>{row.source.slice(0, 40)}</code>
                      )}
                    </td>
                    <td>{row.modelDigest ? <Digest value={row.modelDigest} /> : '–'}</td>
                    <td>{before !== undefined && <Go href={versionPath(workspace, model, row.version, before)}>with {before}</Go>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {versions.hasNextPage && (
        <button type="button" className={styles.link} disabled={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          Older versions
        </button>
      )}
    </section>
  );
}
