import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { Digest } from '@/parts/Digest';
import { bytes } from '@/parts/format';
import { Icon } from '@/parts/Icon';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { artifactHref, artifactsQuery } from './queries';
import styles from './Tracking.module.css';

interface ArtifactsProps {
  workspace: string;
  runId: string;
  /** The folder that is open; empty for the root. */
  path: string;
  onPath: (path: string) => void;
}

/** What came out as files: a folder at a time, each file with its size and digest. */
export function Artifacts({ workspace, runId, path, onPath }: ArtifactsProps) {
  const list = useQuery(artifactsQuery(workspace, runId, path));
  const parts = path === '' ? [] : path.split('/');
  return (
    <section className={`${styles.panel} ${styles.artifacts}`} aria-label="Artifacts">
      <div className={styles.panelHead}>
        <h2>Artifacts</h2>
        {parts.length > 0 && (
          <div className={styles.path}>
            <button type="button" onClick={() => onPath('')}>
              all
            </button>
            {parts.map((part, at) => (
              <Fragment key={at}>
                <span>/</span>
                <button type="button" onClick={() => onPath(parts.slice(0, at + 1).join('/'))}>
                  <bdi>{part}</bdi>
                </button>
              </Fragment>
            ))}
          </div>
        )}
      </div>
      {list.isPending ? (
        <Skeleton lines={2} label="Reading artifacts" />
      ) : list.isError ? (
        <Problem title="The artifacts could not be listed" error={list.error} retry={() => void list.refetch()} />
      ) : list.data.items.length === 0 ? (
        <p className={styles.quiet}>{path === '' ? 'No file was logged. mlflow.log_artifact("plot.png") puts one here.' : 'This folder is empty.'}</p>
      ) : (
        <table className={styles.files}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" className={styles.right}>
                Size
              </th>
              <th scope="col" className={styles.digest}>
                SHA-256
              </th>
            </tr>
          </thead>
          <tbody>
            {list.data.items.map((item) => (
              <tr key={item.path}>
                <td>
                  {item.isDirectory ? (
                    <button type="button" className={styles.open} onClick={() => onPath(item.path)}>
                      <Icon name="folder" />
                      <bdi>{nameOf(item.path)}</bdi>
                    </button>
                  ) : (
                    <a href={artifactHref(workspace, runId, item.path)} download={nameOf(item.path)} title={`Download ${item.path}`}>
                      <Icon name="file" />
                      <bdi>{nameOf(item.path)}</bdi>
                    </a>
                  )}
                </td>
                <td className={styles.right}>{item.isDirectory ? '' : bytes(item.sizeBytes)}</td>
                <td className={styles.digest}>{item.digest && <Digest value={item.digest} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const nameOf = (path: string): string => path.split('/').at(-1) ?? path;
