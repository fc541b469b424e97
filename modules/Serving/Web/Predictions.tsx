import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { CopyButton } from '@/parts/CopyButton';
import { useEvidence, type Evidence } from '@/parts/evidence';
import { figure } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { NewRows } from '@/table/NewRows';
import { predictionsQuery, type Prediction } from './queries';
import styles from './Serving.module.css';

const none: Prediction[] = [];

/** What was predicted last, newest first; while the pointer or the focus is in the table, new rows wait. */
export function Predictions({ workspace, name }: { workspace: string; name: string }) {
  const predictions = useQuery({ ...predictionsQuery(workspace, name), refetchInterval: 4_000, placeholderData: keepPreviousData });
  const [held, hold] = useState<Prediction[]>();
  const latest = predictions.data?.items ?? none;
  const rows = held ?? latest;
  const top = rows[0]?.position ?? 0;
  const waiting = held === undefined ? 0 : latest.filter(({ position }) => position > top).length;
  const stop = () => hold((before) => before ?? latest);
  return (
    <section className={styles.panel} aria-labelledby="predictions" onPointerEnter={stop} onPointerLeave={() => hold(undefined)}>
      <div className={styles.panelHead}>
        <h2 id="predictions">Recent predictions</h2>
        {rows.length > 0 && <span>the last {rows.length}</span>}
        <span className={styles.end}>
          <NewRows noun="prediction" amount={waiting} onReveal={() => hold(latest)} />
        </span>
      </div>
      {predictions.isPending ? (
        <Skeleton lines={6} label="Reading predictions" />
      ) : predictions.isError && latest.length === 0 ? (
        asProblem(predictions.error).status === 403 ? (
          <p className={styles.quiet}>Single predictions hold personal data; your role here does not show them.</p>
        ) : (
          <Problem title="The predictions could not be read" error={predictions.error} retry={() => void predictions.refetch()} />
        )
      ) : rows.length === 0 ? (
        <p className={styles.quiet}>None yet. Each answer is logged with its inputs, and stands here within a second.</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Recent predictions, newest first" onFocus={stop} onBlur={() => hold(undefined)}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Unit</th>
                <th scope="col">Version</th>
                <th scope="col">Decision</th>
                <th scope="col" className={styles.figure}>
                  Score
                </th>
                <th scope="col">Inputs</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.position} workspace={workspace} name={name} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ workspace, name, row }: { workspace: string; name: string; row: Prediction }) {
  const { open } = useEvidence();
  return (
    <tr>
      <th scope="row">
        <When atMs={row.atMs} focusable={false} />
      </th>
      <td>
        <bdi>{row.unit ?? '–'}</bdi>
      </td>
      <td>
        {row.version} {row.role !== 'champion' && <span className={styles.dim}>{row.role}</span>}
      </td>
      <td>{row.decision ? <b>{row.decision}</b> : <span className={styles.dim}>score only</span>}</td>
      <td className={styles.figure}>{figure(row.score ?? undefined)}</td>
      <td>
        <button type="button" className={styles.link} data-evidence onClick={() => open(evidenceOf(workspace, name, row))}>
          {Object.keys(row.inputs).length} fields
        </button>
      </td>
    </tr>
  );
}

function evidenceOf(workspace: string, name: string, row: Prediction): Evidence {
  return {
    title: 'Prediction',
    atMs: row.atMs,
    facts: [
      [
        'Id',
        <span key="id">
          <code>{row.id.slice(-12)}</code> <CopyButton text={row.id} label="Copy the prediction's id" />
        </span>,
      ],
      ['Answered by', `version ${row.version}, ${row.role}`],
      ['Unit', row.unit ?? 'not named'],
      ['Score', figure(row.score ?? undefined)],
      ['Decision', row.decision ?? 'none'],
      ...Object.entries(row.inputs).map(([field, value]) => [field, <code key={field}>{typeof value === 'number' ? figure(value) : String(value)}</code>] as const),
    ],
    from: `GET /api/v1/w/${workspace}/endpoints/${encodeURIComponent(name)}/predictions`,
  };
}
