import { count } from '@/parts/format';
import { axisEnd, fourFifths, pValue, placeAt, rate, ratioOf } from './intervals';
import type { Group } from './queries';
import styles from './Registry.module.css';

/** How groups are treated beside their reference: rates and ratios with their intervals, drawn on one axis. */
export function Fairness({ groups }: { groups: readonly Group[] }) {
  const end = axisEnd(groups);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Selection by group">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" className={styles.figure}>
              Rows
            </th>
            <th scope="col" className={styles.figure}>
              Selected (95 %)
            </th>
            <th scope="col" className={styles.figure}>
              Ratio (95 %)
            </th>
            <th scope="col">
              <span className={styles.axis}>
                <span>0</span>
                <span style={{ left: `${placeAt(fourFifths, end) * 100}%` }}>0.8</span>
                <span style={{ left: `${placeAt(1, end) * 100}%` }}>1</span>
              </span>
            </th>
            <th scope="col" className={styles.figure}>
              Fisher p
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.column} ${group.group} ${String(group.isReference)}`}>
              <th scope="row">
                <bdi>
                  {group.column} = {group.group}
                </bdi>
                {group.tooSmall && <small>too few rows: decides nothing</small>}
              </th>
              <td className={styles.figure}>{count(group.count)}</td>
              <td className={styles.figure}>{rate(group)}</td>
              <td className={styles.figure}>{ratioOf(group)}</td>
              <td>
                <Interval group={group} end={end} />
              </td>
              <td className={styles.figure}>{group.isReference ? '' : pValue(group.fisherP)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const width = 150;

function Interval({ group, end }: { group: Group; end: number }) {
  const at = (ratio: number) => placeAt(ratio, end) * width;
  const { ratio, ratioLow, ratioHigh, isReference } = group;
  return (
    <svg className={styles.interval} viewBox={`0 0 ${width} 18`} aria-hidden="true" data-small={group.tooSmall || undefined}>
      <path className={styles.four} d={`M${at(fourFifths)} 0V18`} />
      <path className={styles.one} d={`M${at(1)} 0V18`} />
      {!isReference && typeof ratioLow === 'number' && typeof ratioHigh === 'number' && (
        <path className={styles.range} d={`M${at(ratioLow)} 5V13M${at(ratioLow)} 9H${at(ratioHigh)}M${at(ratioHigh)} 5V13`} />
      )}
      {(isReference || typeof ratio === 'number') && <circle className={styles.point} cx={at(isReference ? 1 : (ratio ?? 1))} cy={9} r={isReference ? 3 : 4} />}
    </svg>
  );
}
