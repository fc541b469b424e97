import { exact, figure } from '@/parts/format';
import styles from './SeriesChart.module.css';
import type { Line } from './smooth';

const most = 500;

/** The chart's twin for those who read figures. */
export function SeriesTable({ lines }: { lines: readonly Line[] }) {
  const rows = lines.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })));
  return (
    <div className={styles.table} tabIndex={0} role="region" aria-label="The points as a table">
      <table>
        <thead>
          <tr>
            {lines.length > 1 && <th scope="col">name</th>}
            <th scope="col">step</th>
            <th scope="col">time</th>
            <th scope="col">value</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(-most).map((row, at) => (
            <tr key={at}>
              {lines.length > 1 && (
                <td>
                  <bdi>{row.name}</bdi>
                </td>
              )}
              <td>{row.step}</td>
              <td>{exact(row.timeMs)}</td>
              <td>{figure(row.value ?? null)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && <p>The last {most} points; the CSV has all that are drawn.</p>}
    </div>
  );
}
