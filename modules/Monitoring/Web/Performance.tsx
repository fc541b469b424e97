import { useQuery } from '@tanstack/react-query';
import { useSession } from '@/api/session';
import { percent } from '@/parts/bars';
import { count, figure } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Snippet } from '@/parts/Snippet';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Monitoring.module.css';
import { performanceQuery, type Performance as Realised } from './queries';
import { reportLabels } from './snippets';
import { verdictWords } from './verdicts';

/** How the version did by what really happened, once outcomes have come. */
export function Performance({ workspace, endpoint, version }: { workspace: string; endpoint: string; version: number }) {
  const session = useSession();
  const performance = useQuery(performanceQuery(workspace, endpoint));
  const newest = performance.data?.items.find((each) => each.version === version);
  return (
    <section className={styles.panel} aria-labelledby="realised">
      <div className={styles.panelHead}>
        <h2 id="realised">Realised performance</h2>
        {newest && (
          <span>
            {count(newest.labels)} outcomes, the newest came <When atMs={newest.watermarkMs} />
          </span>
        )}
      </div>
      {performance.isPending ? (
        <Skeleton lines={3} label="Reading outcomes" />
      ) : performance.isError ? (
        <Problem title="The outcomes could not be read" error={performance.error} retry={() => void performance.refetch()} />
      ) : !newest ? (
        <div className={styles.labels}>
          <p className={styles.quiet}>No outcome of version {version} was reported yet, so nobody knows whether it is right. An outcome is joined to its prediction by id:</p>
          <Snippet label="Report outcomes" tabs={reportLabels(location.origin, workspace, endpoint, session.mode === 'required')} />
        </div>
      ) : (
        <Shown realised={newest} />
      )}
    </section>
  );
}

function Shown({ realised }: { realised: Realised }) {
  const { performance, fairness, metrics, groups, confusion } = realised;
  return (
    <>
      {[performance, fairness].map((aspect) => (
        <p key={aspect.aspect} className={styles.lead}>
          <VerdictChip verdict={aspect.verdict} quiet>
            {verdictWords[aspect.verdict] ?? aspect.verdict}
          </VerdictChip>{' '}
          {aspect.detail}
        </p>
      ))}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Realised figures">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col" className={styles.figure}>
                Realised (95 %)
              </th>
              <th scope="col" className={styles.figure}>
                Evaluated
              </th>
            </tr>
          </thead>
          <tbody>
            {metrics.map(({ name, value, low, high, evaluated }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={styles.figure}>{typeof value === 'number' ? `${short(value)}${between(low, high, short)}` : 'not defined'}</td>
                <td className={styles.figure}>{typeof evaluated === 'number' ? short(evaluated) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {confusion && (
        <p className={styles.quiet}>
          Right: {count(confusion.truePositive + confusion.trueNegative)}; wrongly positive {count(confusion.falsePositive)}, wrongly negative {count(confusion.falseNegative)}.
        </p>
      )}
      {groups.map((column) => (
        <div key={column.column} className={styles.scroll} tabIndex={0} role="region" aria-label={`Groups by ${column.column}`}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{column.column}</th>
                <th scope="col" className={styles.figure}>
                  Outcomes
                </th>
                <th scope="col" className={styles.figure}>
                  Favourable (95 %)
                </th>
                <th scope="col" className={styles.figure}>
                  Ratio (95 %)
                </th>
              </tr>
            </thead>
            <tbody>
              {column.groups.map((row) => (
                <tr key={row.group}>
                  <th scope="row">
                    <bdi>{row.group}</bdi>
                  </th>
                  <td className={styles.figure}>{count(row.rows)}</td>
                  <td className={styles.figure}>
                    {row.suppressed || typeof row.selectionRate !== 'number' ? 'too few' : `${percent(row.selectionRate)}${between(row.selectionLow, row.selectionHigh, (value) => (value * 100).toFixed(1))}`}
                  </td>
                  <td className={styles.figure}>
                    {row.isReference ? 'reference' : typeof row.ratio === 'number' ? `${row.ratio.toFixed(2)}${between(row.ratioLow, row.ratioHigh, (value) => value.toFixed(2))}` : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </>
  );
}

const short = (value: number): string => figure(Number(value.toPrecision(3)));

const between = (low: number | null | undefined, high: number | null | undefined, said: (value: number) => string): string =>
  typeof low === 'number' && typeof high === 'number' ? ` (${said(low)} to ${said(high)})` : '';
