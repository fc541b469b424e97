import { percent } from './bars';
import styles from './Distribution.module.css';

/** One bin, then and now. */
export interface ComparedBin {
  label: string;
  /** Share of the whole, 0 to 1. */
  then: number;
  now: number;
}

interface ComparedProps {
  bins: readonly ComparedBin[];
  /** What is distributed: the feature's name. */
  label: string;
}

const width = 120;
const height = 26;

/** How the values lay and how they lie, small enough for a row of a table: then as an outline, now filled. */
export function Compared({ bins, label }: ComparedProps) {
  const most = Math.max(1e-9, ...bins.map(({ then, now }) => Math.max(then, now)));
  const step = width / Math.max(1, bins.length);
  const tall = (share: number) => (share === 0 ? 0 : Math.max(1.5, (share / most) * (height - 2)));
  return (
    <svg className={styles.small} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${moved(bins)}`}>
      <title>{moved(bins)}</title>
      <path className={styles.ground} d={`M0 ${height - 0.5}H${width}`} />
      {bins.map((bin, at) => (
        <g key={at}>
          <rect className={styles.bar} x={at * step + step * 0.1} y={height - 1 - tall(bin.now)} width={step * 0.8} height={tall(bin.now)} />
          <path
            className={styles.then}
            d={`M${at * step + step * 0.1} ${height - 1}V${height - 1 - tall(bin.then)}H${at * step + step * 0.9}V${height - 1}`}
            vectorEffect="non-scaling-stroke"
          />
        </g>
      ))}
    </svg>
  );
}

/** The same with every figure: bars that are a table. */
export function ComparedTable({ bins, label }: ComparedProps) {
  const most = Math.max(1e-9, ...bins.map(({ then, now }) => Math.max(then, now)));
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={`${label}, then and now`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Values</th>
            <th scope="col">Then</th>
            <th scope="col">Now</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {bins.map((bin, at) => (
            <tr key={at}>
              <th scope="row" className={styles.pair}>
                <bdi>{bin.label}</bdi>
                <i aria-hidden="true" data-then="" style={{ width: `${(bin.then / most) * 100}%` }} />
                <i aria-hidden="true" style={{ width: `${(bin.now / most) * 100}%` }} />
              </th>
              <td>{percent(bin.then)}</td>
              <td>{percent(bin.now)}</td>
              <td>{change(bin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** In points of per cent: `+12.3`. */
function change({ then, now }: ComparedBin): string {
  const by = (now - then) * 100;
  return Math.abs(by) < 0.05 ? '0' : `${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(1)}`;
}

/** The bin that gained most and the one that lost most, in one sentence. */
export function moved(bins: readonly ComparedBin[]): string {
  const ordered = [...bins].sort((a, b) => b.now - b.then - (a.now - a.then));
  const [gained, lost] = [ordered[0], ordered.at(-1)];
  if (!gained || !lost) {
    return 'no values';
  }
  const said = (bin: ComparedBin) => `${bin.label} from ${percent(bin.then)} to ${percent(bin.now)}`;
  const parts = [...(gained.now - gained.then >= 0.0005 ? [said(gained)] : []), ...(lost !== gained && lost.then - lost.now >= 0.0005 ? [said(lost)] : [])];
  return parts.length === 0 ? 'nothing moved' : parts.join(', ');
}
