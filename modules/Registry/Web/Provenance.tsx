import type { ReactNode } from 'react';
import { Digest } from '@/parts/Digest';
import { Facts } from '@/parts/Facts';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import type { Version } from './queries';
import styles from './Registry.module.css';

/** Where a version came from: the run, the pipeline run and the data, each a link. */
export function Provenance({ workspace, version }: { workspace: string; version: Version }) {
  const { run, pipeline, data, source } = version;
  const rows: [string, ReactNode][] = [
    [
      'Run',
      run ? (
        <Go key="run" href={`/w/${workspace}/runs/${encodeURIComponent(run.runId)}`}>
          <bdi>{run.name}</bdi>
        </Go>
      ) : (
        'none of this workspace is named'
      ),
    ],
    [
      'Pipeline run',
      pipeline ? (
        <Go key="pipeline" href={`/w/${workspace}/pipeline-runs/${encodeURIComponent(pipeline.runId)}`}>
          <bdi>{pipeline.pipeline}</bdi>
        </Go>
      ) : (
        'not registered by a pipeline'
      ),
    ],
    [
      'Trained on',
      data?.dataset ? (
        <span key="data">
          <Go href={`/w/${workspace}/datasets/${encodeURIComponent(data.dataset)}${data.version ? `?version=${data.version}` : ''}`}>
            <bdi>{data.dataset}</bdi> {data.version ? `version ${data.version}` : ''}
          </Go>
          {typeof data.rows === 'number' && `, ${count(data.rows)} rows`}
        </span>
      ) : (
        'not recorded'
      ),
    ],
    ['Files', <code key="source">{source}</code>],
  ];
  return (
    <section className={styles.panel} aria-labelledby="origin">
      <div className={styles.panelHead}>
        <h2 id="origin">Where it came from</h2>
      </div>
      <div className={styles.facts}>
        <Facts rows={rows} />
      </div>
    </section>
  );
}

const names: readonly [keyof Version['digests'], string][] = [
  ['model', 'Model'],
  ['data', 'Training data'],
  ['code', 'Code'],
  ['environment', 'Environment'],
  ['training', 'Training record'],
  ['evaluation', 'Evaluation record'],
  ['source', 'Dataset'],
  ['contract', 'Contract'],
  ['profile', 'Profile'],
];

/** The digests that make a version what it is; what was not recorded says so. */
export function Digests({ digests }: { digests: Version['digests'] }) {
  return (
    <section className={styles.panel} aria-labelledby="digests">
      <div className={styles.panelHead}>
        <h2 id="digests">Digests</h2>
        <span>SHA-256</span>
      </div>
      <div className={styles.facts}>
        <Facts
          rows={names.map(([key, name]) => {
            const digest = digests[key];
            return [name, digest ? <Digest key={key} value={digest} /> : <span className={styles.dim}>not recorded</span>];
          })}
        />
      </div>
    </section>
  );
}

/** What the model takes and gives. */
export function Signature({ signature }: { signature: Version['signature'] }) {
  return (
    <section className={styles.panel} aria-labelledby="signature">
      <div className={styles.panelHead}>
        <h2 id="signature">Signature</h2>
      </div>
      {signature ? (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Inputs and outputs">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Type</th>
                <th scope="col">Unit</th>
              </tr>
            </thead>
            {(['inputs', 'outputs'] as const).map((side) => (
              <tbody key={side}>
                <tr className={styles.side}>
                  <th scope="rowgroup" colSpan={3}>
                    {side === 'inputs' ? 'Takes' : 'Gives'}
                  </th>
                </tr>
                {signature[side].map((field) => (
                  <tr key={field.name}>
                    <th scope="row">
                      <bdi>{field.name}</bdi>
                    </th>
                    <td>
                      <code>{field.type}</code>
                    </td>
                    <td>{field.unit ?? '–'}</td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        </div>
      ) : (
        <p className={styles.quiet}>The records of this version do not say what it takes and gives.</p>
      )}
    </section>
  );
}
