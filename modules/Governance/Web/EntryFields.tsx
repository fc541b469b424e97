import { Facts } from '@/parts/Facts';
import { VerdictChip } from '@/parts/VerdictChip';
import { Who } from '@/parts/Who';
import { percent } from '@/parts/bars';
import styles from './Governance.module.css';
import type { Entry } from './queries';

/** What an entry says; what it does not say is shown as missing. */
export function EntryFields({ entry }: { entry: Entry }) {
  return (
    <>
      <section className={styles.panel} aria-labelledby="what">
        <div className={styles.panelHead}>
          <h2 id="what">What it is for</h2>
        </div>
        <p className={styles.text}>
          <bdi>{entry.purpose}</bdi>
        </p>
        <div className={styles.facts}>
          <Facts
            rows={[
              ['Owner', entry.owner ? <Who key="owner" name={entry.owner.name} /> : <Missing key="owner">nobody is named</Missing>],
              ['Use case', <bdi key="use">{entry.useCase}</bdi>],
              [
                'Approved uses',
                entry.approvedUses.length === 0 ? (
                  <Missing key="uses">none is named</Missing>
                ) : (
                  <ul key="uses" className={styles.plain}>
                    {entry.approvedUses.map((use) => (
                      <li key={use}>
                        <bdi>{use}</bdi>
                      </li>
                    ))}
                  </ul>
                ),
              ],
            ]}
          />
        </div>
      </section>
      <Tier entry={entry} />
      <Conditions conditions={entry.conditions} />
    </>
  );
}

const Missing = ({ children }: { children: string }) => <VerdictChip verdict="unknown">{children}</VerdictChip>;

function Tier({ entry }: { entry: Entry }) {
  return (
    <section className={styles.panel} aria-labelledby="tier">
      <div className={styles.panelHead}>
        <h2 id="tier">Tier {entry.tier}</h2>
        <span>{entry.tier === 1 ? 'most consequential' : entry.tier === 4 ? 'least consequential' : 'of 4'}</span>
      </div>
      <p className={styles.text}>{entry.tierReason}</p>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Factors of the tier">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Factor</th>
              <th scope="col">Score, 1 to 5</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(entry.factors).map(([name, { score, reason }]) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td className={styles.score}>
                  {score}
                  <i aria-hidden="true" style={{ width: `${score * 20}%` }} />
                </td>
                <td className={styles.wide}>
                  <bdi>{reason}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Conditions({ conditions }: Pick<Entry, 'conditions'>) {
  const decisions = conditions?.decisions ?? [];
  return (
    <section className={styles.panel} aria-labelledby="conditions">
      <div className={styles.panelHead}>
        <h2 id="conditions">What must stay true in production</h2>
      </div>
      {!conditions?.population && decisions.length === 0 ? (
        <p className={styles.quiet}>
          <VerdictChip verdict="unknown">nothing is said</VerdictChip> No drift and no share of decisions breaks the approval.
        </p>
      ) : (
        <div className={styles.facts}>
          <Facts
            rows={[
              [
                'Population',
                conditions?.population
                  ? `stability index (PSI) of ${conditions.population.features?.join(', ') ?? 'every feature'} at most ${conditions.population.maximumPsi}`
                  : 'nothing is said',
              ],
              ...decisions.map(({ decision, low, high }) => [`Share of ${decision}`, `${percent(low)} to ${percent(high)} of the predictions`] as const),
            ]}
          />
        </div>
      )}
    </section>
  );
}
