import { useState } from 'react';
import { count, counted } from '@/parts/format';
import { StateMark } from '@/parts/StateMark';
import styles from './Datasets.module.css';
import type { RuleVerdict } from './queries';
import { byUrgency, ruleMark, tally } from './verdicts';

const atFirst = 12;

/** Every rule of the contract and how the data does by it; broken ones first, with the rows that break them. */
export function Verdicts({ verdicts }: { verdicts: readonly RuleVerdict[] }) {
  const [all, showAll] = useState(false);
  const ordered = byUrgency(verdicts);
  const shown = all ? ordered : ordered.slice(0, Math.max(atFirst, ordered.filter(({ state }) => state !== 'passed').length));
  return (
    <section className={styles.panel} aria-labelledby="rules">
      <div className={styles.panelHead}>
        <h2 id="rules">Contract</h2>
        <span>{verdicts.length > 0 && tally(verdicts)}</span>
      </div>
      {verdicts.length === 0 ? (
        <p className={styles.quiet}>This version was made without a contract, so nothing is known about types, ranges and units beyond what the values show.</p>
      ) : (
        <ul className={styles.rules} aria-label="Rules of the contract">
          {shown.map((verdict, at) => (
            <Rule key={at} verdict={verdict} />
          ))}
        </ul>
      )}
      {shown.length < ordered.length && (
        <button type="button" className={styles.more} onClick={() => showAll(true)}>
          {counted('more rule', ordered.length - shown.length)} that hold
        </button>
      )}
    </section>
  );
}

function Rule({ verdict }: { verdict: RuleVerdict }) {
  const broken = verdict.state === 'failed' || verdict.state === 'warning';
  return (
    <li data-broken={broken || undefined}>
      <StateMark mark={ruleMark(verdict.state)} />
      <span className={styles.what}>
        <bdi>{verdict.column ?? 'whole table'}</bdi> <code>{verdict.rule}</code>
      </span>
      <span className={styles.expectation}>{verdict.expectation}</span>
      {broken && <strong>{counted('row', verdict.count)}</strong>}
      {verdict.hint && <p className={styles.hint}>{verdict.hint}</p>}
      {broken && verdict.examples && verdict.examples.length > 0 && (
        <p className={styles.examples}>
          {verdict.examples.map((example) => (
            <span key={example.row}>
              row {count(example.row)}: <code>{example.value ?? '(missing)'}</code>
            </span>
          ))}
        </p>
      )}
    </li>
  );
}
