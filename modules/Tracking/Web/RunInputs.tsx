import { CopyButton } from '@/parts/CopyButton';
import { count, idEnd } from '@/parts/format';
import { Go } from '@/parts/Go';
import { loggedModelsPath } from './loggedModelQueries';
import { LoggedModelState } from './LoggedModelState';
import type { RunDetail } from './queries';
import styles from './Tracking.module.css';

const most = 50;

/** The datasets that a run used: name, digest, and as what. */
export function RunDatasets({ datasets }: { datasets: RunDetail['datasets'] }) {
  return (
    datasets.length > 0 && (
      <section className={styles.panel} aria-label="Datasets">
        <div className={styles.panelHead}>
          <h2>Datasets</h2>
          <span>{count(datasets.length)}</span>
        </div>
        <ul className={styles.rows}>
          {datasets.slice(0, most).map(({ name, digest, context, source }) => (
            <li key={`${name} ${digest}`}>
              <span className={styles.what} title={source}>
                <bdi>{name || 'without a name'}</bdi>
                {context && <small className={styles.dim}>{context}</small>}
              </span>
              {digest && (
                <span className={styles.at}>
                  <code title={digest}>{digest.slice(0, 8)}</code>
                  <CopyButton text={digest} label={`Copy the digest of ${name}`} />
                </span>
              )}
            </li>
          ))}
        </ul>
        {datasets.length > most && <p className={styles.more}>{count(datasets.length - most)} more: GET the run.</p>}
      </section>
    )
  );
}

/** The logged models that went into a run and came out. */
export function RunModels({ workspace, run, models }: { workspace: string; run: RunDetail['run']; models: RunDetail['models'] }) {
  return (
    models.length > 0 && (
      <section className={styles.panel} aria-label="Logged models">
        <div className={styles.panelHead}>
          <h2>Logged models</h2>
          <span>{count(models.length)}</span>
        </div>
        <ul className={styles.rows}>
          {models.slice(0, most).map(({ modelId, name, made, step, status }) => (
            <li key={`${modelId} ${made}`}>
              <span className={styles.what}>
                {name ? (
                  <Go href={loggedModelsPath(workspace, run.experimentId, modelId)}>
                    <bdi>{name}</bdi>
                  </Go>
                ) : (
                  <code title={`${modelId}: not in this workspace`}>{idEnd(modelId)}</code>
                )}
                <small className={styles.dim}>
                  {made ? 'made' : 'used'}
                  {made && step ? ` at step ${count(step)}` : ''}
                </small>
              </span>
              {status && (
                <span className={styles.at}>
                  <LoggedModelState status={status} quiet />
                </span>
              )}
            </li>
          ))}
        </ul>
        {models.length > most && <p className={styles.more}>{count(models.length - most)} more, in the list of the experiment.</p>}
      </section>
    )
  );
}
