import { barsOf, percent, said, type Sample } from './bars';
import styles from './Distribution.module.css';
import { count } from './format';

interface DistributionProps {
  sample: Sample;
  /** What is distributed: the column's name. */
  label: string;
}

const width = 120;
const height = 26;

/** How the values lie, small enough for a row of a table. */
export function Distribution({ sample, label }: DistributionProps) {
  const bars = barsOf(sample);
  const step = width / Math.max(1, bars.length);
  const gap = step > 4 ? 1 : 0;
  return (
    <svg className={styles.small} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${said(sample)}`}>
      <title>{said(sample)}</title>
      <path className={styles.ground} d={`M0 ${height - 0.5}H${width}`} />
      {bars.map((bar, at) => {
        // What is there is seen, however little.
        const tall = bar.count === 0 ? 0 : Math.max(1.5, bar.height * (height - 2));
        return <rect key={at} className={styles.bar} x={at * step} y={height - 1 - tall} width={Math.max(0.5, step - gap)} height={tall} />;
      })}
    </svg>
  );
}

/** The same with every figure: bars that are a table. */
export function DistributionTable({ sample, label }: DistributionProps) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={`Values of ${label}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{sample.kind === 'histogram' ? 'From – to' : 'Value'}</th>
            <th scope="col">Rows</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {barsOf(sample).map((bar, at) => (
            <tr key={at}>
              <th scope="row">
                <bdi>{bar.label === '' ? '(empty text)' : bar.label}</bdi>
                <i aria-hidden="true" style={{ width: `${bar.height * 100}%` }} />
              </th>
              <td>{count(bar.count)}</td>
              <td>{percent(bar.share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
