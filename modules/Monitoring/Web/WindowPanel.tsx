import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { Compared, ComparedTable } from '@/parts/Compared';
import { percent } from '@/parts/bars';
import { Digest } from '@/parts/Digest';
import { Figure } from '@/parts/Figure';
import { count, figure } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Monitoring.module.css';
import { windowQuery, type Drift, type WindowDetail, type WindowRow } from './queries';
import { driftSaid, psi, pValue } from './verdicts';

interface WindowPanelProps {
  workspace: string;
  endpoint: string;
  window: WindowRow | undefined;
  feature: string | undefined;
  onFeature: (feature: string) => void;
}

/** One window: what moved, by contribution, with effect and p, and the distribution then and now. */
export function WindowPanel({ workspace, endpoint, window, feature, onFeature }: WindowPanelProps) {
  const detail = useQuery({ ...windowQuery(workspace, endpoint, window?.id ?? ''), enabled: window !== undefined, placeholderData: keepPreviousData });
  return (
    <section className={styles.panel} aria-labelledby="moved">
      <div className={styles.panelHead}>
        <h2 id="moved">What moved</h2>
        {window && (
          <span>
            window {window.number} of version {window.version}: {count(window.predictions)} predictions until <When atMs={window.toMs} />
          </span>
        )}
      </div>
      {!window ? (
        <p className={styles.quiet}>Nothing was compared yet.</p>
      ) : detail.isPending ? (
        <Skeleton lines={8} label="Reading the window" />
      ) : !detail.data ? (
        <Problem title="The window could not be read" error={detail.error} retry={() => void detail.refetch()} />
      ) : (
        <Shown workspace={workspace} detail={detail.data} feature={feature} onFeature={onFeature} />
      )}
    </section>
  );
}

function Shown({ workspace, detail, feature, onFeature }: { workspace: string; detail: WindowDetail; feature: string | undefined; onFeature: (feature: string) => void }) {
  const { features, notCompared, reference, score, window } = detail;
  const all = score ? [...features, score] : features;
  const chosen = all.find((each) => each.feature === feature) ?? all[0];
  return (
    <>
      <p className={styles.lead}>
        <VerdictChip verdict={window.population} quiet>
          {window.detail}
        </VerdictChip>
      </p>
      {reference.missing && <p className={styles.quiet}>{reference.missing}</p>}
      {features.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Features by contribution">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Feature</th>
                <th scope="col">Contribution</th>
                <th scope="col" className={styles.figure} title={`Effect: population stability index; from ${figure(detail.maximumPsi)} on it matters`}>
                  PSI (max {figure(detail.maximumPsi)})
                </th>
                <th scope="col" className={styles.figure} title={`Adjusted over the features by Benjamini–Hochberg; below ${figure(detail.alpha)} it is unlikely to be chance`}>
                  p (below {figure(detail.alpha)})
                </th>
                <th scope="col">Verdict</th>
                <th scope="col">Then and now</th>
              </tr>
            </thead>
            <tbody>
              {features.map((each) => (
                <Feature key={each.feature} workspace={workspace} detail={detail} drift={each} chosen={each === chosen} onChoose={() => onFeature(each.feature)} />
              ))}
              {score && <Feature workspace={workspace} detail={detail} drift={score} chosen={score === chosen} onChoose={() => onFeature(score.feature)} isScore />}
            </tbody>
          </table>
        </div>
      )}
      {notCompared.length > 0 && (
        <details className={styles.all}>
          <summary>{notCompared.length} not compared</summary>
          <ul>
            {notCompared.map((each) => (
              <li key={each.feature}>
                <code>{each.feature}</code> {each.reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {chosen && (
        <div className={styles.compared}>
          <h3>
            <bdi>{chosen.feature}</bdi>, then and now
          </h3>
          <p className={styles.dim}>
            Then: {count(reference.rows)} rows of the training data{reference.digest ? ', ' : ''}
            {reference.digest && <Digest value={reference.digest} />} Now: {count(window.predictions)} predictions.
          </p>
          <ComparedTable bins={chosen.bins} label={chosen.feature} />
        </div>
      )}
    </>
  );
}

interface FeatureProps {
  workspace: string;
  detail: WindowDetail;
  drift: Drift;
  chosen: boolean;
  onChoose: () => void;
  isScore?: boolean;
}

function Feature({ workspace, detail, drift, chosen, onChoose, isScore = false }: FeatureProps) {
  const { verdict, word } = driftSaid(drift);
  const evidence = {
    title: drift.feature,
    atMs: detail.window.toMs,
    facts: [
      ['PSI', figure(drift.psi)],
      ['By chance below', `${figure(drift.psiCut)} in ${percent(1 - detail.alpha)} of all windows of this size`],
      ['It matters from', figure(detail.maximumPsi)],
      [drift.test === 'ks' ? 'Kolmogorov–Smirnov D' : 'Chi-square', figure(drift.statistic)],
      ['p', pValue(drift.pValue)],
      ['p, adjusted', `${pValue(drift.adjustedP)} (Benjamini–Hochberg over ${detail.features.length} features)`],
      ...(typeof drift.meanThen === 'number' && typeof drift.meanNow === 'number' ? [['Mean', `${short(drift.meanThen)} then, ${short(drift.meanNow)} now`] as const] : []),
      ['Missing', `${percent(drift.missingThen ?? 0)} then, ${percent(drift.missingNow ?? 0)} now`],
      ['Result (JSON)', <Digest key="digest" value={detail.window.digest} />],
    ] as const,
    from: `GET /api/v1/w/${workspace}/monitors/${encodeURIComponent(detail.endpoint)}/windows/${detail.window.id}`,
  };
  return (
    <tr data-chosen={chosen || undefined}>
      <th scope="row">
        <button type="button" className={styles.link} aria-pressed={chosen} onClick={onChoose}>
          <bdi>{drift.feature}</bdi>
        </button>
        {isScore && <small> the score itself</small>}
      </th>
      <td>
        {!isScore && (
          <span className={styles.part}>
            <i aria-hidden="true">
              <b style={{ width: `${drift.contribution * 100}%` }} />
            </i>
            {percent(drift.contribution)}
          </span>
        )}
      </td>
      <td className={styles.figure} data-over={drift.large || undefined}>
        <Figure value={psi(drift.psi)} evidence={evidence} />
      </td>
      <td className={styles.figure} data-over={drift.real || undefined}>
        {pValue(drift.adjustedP)}
      </td>
      <td>
        <VerdictChip verdict={verdict} quiet>
          {word}
        </VerdictChip>
      </td>
      <td>
        <Compared bins={drift.bins} label={drift.feature} />
      </td>
    </tr>
  );
}

const short = (value: number): string => figure(Number(value.toPrecision(4)));
