import { counted } from './format';
import { hunks, lineDiff } from './lines';
import styles from './text.module.css';

const signs = { same: ' ', added: '+', removed: '−' } as const;

/** What differs between two texts, line by line, with a few lines around; a sign and a word tell it without colour. */
export function TextDiff({ label, from, to }: { label: string; from: string; to: string }) {
  const lines = lineDiff(from, to);
  const parts = hunks(lines);
  const amount = (kind: 'added' | 'removed') => lines.filter((line) => line.kind === kind).length;
  if (parts.length === 0) {
    return <p className={styles.none}>The texts are the same.</p>;
  }
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.diff}>
        <caption>
          {counted('line', amount('added'))} added, {amount('removed')} removed
        </caption>
        {parts.map((part, at) => (
          <tbody key={at}>
            {part.map((line) => (
              <tr key={`${line.from ?? ''} ${line.to ?? ''}`} data-kind={line.kind}>
                <td className={styles.number}>{line.from}</td>
                <td className={styles.number}>{line.to}</td>
                <td className={styles.sign}>
                  <span aria-hidden="true">{signs[line.kind]}</span>
                  {line.kind !== 'same' && <span className={styles.unseen}>{line.kind}</span>}
                </td>
                <td>
                  <code>{line.text}</code>
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
