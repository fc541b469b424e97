import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton } from '@/parts/CopyButton';
import { Facts } from '@/parts/Facts';
import { bytes, figure, idEnd } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { modelFileHref, modelFilesQuery, loggedModelQuery } from './loggedModelQueries';
import { LoggedModelState } from './LoggedModelState';
import { datasetName, registrations } from './measures';
import { runPath } from './queries';
import styles from './LoggedModels.module.css';

/** One logged model in the panel at the right: where it came from, what was measured of it, its files. */
export function LoggedModelDetail({ workspace, modelId }: { workspace: string; modelId: string }) {
  const found = useQuery(loggedModelQuery(workspace, modelId));
  if (found.isPending) {
    return <Skeleton lines={8} label="Reading the model" />;
  }
  if (found.isError) {
    return <Problem title="The model could not be read" error={found.error} retry={() => void found.refetch()} />;
  }
  const model = found.data;
  const versions = registrations(model.tags);
  const tags = Object.entries(model.tags).filter(([key]) => !key.startsWith('mlflow.'));
  return (
    <>
      <Facts
        rows={[
          ['Name', <bdi key="name">{model.name}</bdi>],
          ['Files', <LoggedModelState key="state" status={model.status} quiet />],
          ['Logged', <When key="when" atMs={model.createdMs} />],
          [
            'Run',
            model.sourceRunId ? (
              <Go key="run" href={runPath(workspace, model.sourceRunId)}>
                <code>{idEnd(model.sourceRunId)}</code>
              </Go>
            ) : (
              'not said'
            ),
          ],
          ['Type', model.modelType || 'not said'],
          [
            'Id',
            <span key="id" className={styles.id}>
              <code>{model.modelId}</code>
              <CopyButton text={model.modelId} label="Copy model id" />
            </span>,
          ],
          [
            'Registered',
            versions.length === 0
              ? 'not yet'
              : versions.map(({ name, version }) => (
                  <Go key={`${name} ${version}`} href={`/w/${workspace}/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`}>
                    <bdi>{name}</bdi> version {version}
                  </Go>
                )),
          ],
        ]}
      />
      {model.measures.length > 0 && (
        <>
          <h3>Measured</h3>
          <table className={styles.measures}>
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col">Dataset</th>
                <th scope="col">Value</th>
              </tr>
            </thead>
            <tbody>
              {model.measures.map((one) => (
                <tr key={`${one.key} ${one.runId} ${one.datasetName ?? ''} ${one.datasetDigest ?? ''}`}>
                  <td>
                    <bdi>{one.key}</bdi>
                  </td>
                  <td>
                    <bdi>{datasetName(one.datasetName, one.datasetDigest) ?? '–'}</bdi>
                  </td>
                  <td data-figure>{figure(one.value ?? null)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <Pairs title="Parameters" rows={Object.entries(model.params)} />
      <Pairs title="Tags" rows={tags} />
      <h3>Files</h3>
      <Files workspace={workspace} modelId={modelId} />
    </>
  );
}

function Pairs({ title, rows }: { title: string; rows: readonly (readonly [string, string])[] }) {
  return (
    rows.length > 0 && (
      <>
        <h3>{title}</h3>
        <Facts rows={rows.map(([key, value]) => [key, <bdi key={key}>{value}</bdi>])} />
      </>
    )
  );
}

function Files({ workspace, modelId }: { workspace: string; modelId: string }) {
  const [path, setPath] = useState('');
  const list = useQuery(modelFilesQuery(workspace, modelId, path));
  if (list.isPending) {
    return <Skeleton lines={2} label="Reading files" />;
  }
  if (list.isError) {
    return <Problem title="The files could not be listed" error={list.error} retry={() => void list.refetch()} />;
  }
  return (
    <ul className={styles.files}>
      {path !== '' && (
        <li>
          <button type="button" className={styles.open} onClick={() => setPath(path.split('/').slice(0, -1).join('/'))}>
            up, out of <bdi>{path}</bdi>
          </button>
        </li>
      )}
      {list.data.items.length === 0 && <li>No file is kept here.</li>}
      {list.data.items.map((item) => {
        const name = item.path.split('/').at(-1) ?? item.path;
        return (
          <li key={item.path}>
            {item.isDirectory ? (
              <button type="button" className={styles.open} onClick={() => setPath(item.path)}>
                <bdi>{name}</bdi>/
              </button>
            ) : (
              <a href={modelFileHref(workspace, modelId, item.path)} download={name}>
                <bdi>{name}</bdi>
              </a>
            )}
            {!item.isDirectory && <span>{bytes(item.sizeBytes)}</span>}
          </li>
        );
      })}
    </ul>
  );
}
