import { count } from '@/parts/format';
import styles from './Governance.module.css';
import type { Policy } from './queries';
import { expectation, spell } from './verdicts';

/** The rows of a policy, in its order. */
export function PolicyRows({ rows }: { rows: Policy['rows'] }) {
  return (
    <section className={styles.panel} aria-labelledby="rows">
      <div className={styles.panelHead}>
        <h2 id="rows">What it requires</h2>
        <span>{count(rows.length)}</span>
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Rows of the policy">
        <table className={`${styles.table} ${styles.requirements}`}>
          <thead>
            <tr>
              <th scope="col">Requirement</th>
              <th scope="col">Evidence</th>
              <th scope="col">Not older than</th>
              <th scope="col">Tiers</th>
              <th scope="col">Exception</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <th scope="row">
                  <bdi>{row.name}</bdi>
                  {row.effect === 'forbid' && <span className={styles.tag}>forbids</span>}
                  {row.why && <small>{row.why}</small>}
                </th>
                <td>
                  <code>{row.evidence}</code> {expectation(row)}
                </td>
                <td data-label="not older than">{row.maximumAgeMs == null ? 'any age' : spell(row.maximumAgeMs)}</td>
                <td data-label="tiers">{row.tiers == null ? 'all' : row.tiers.join(', ')}</td>
                <td data-label="exception">{row.waivable ? 'can be granted' : 'never'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
