import { Fragment, type ReactNode } from 'react';
import styles from './Diff.module.css';
import { delta, kindOf, sections, summary, type Difference, type Kind } from './differences';

interface DiffProps<Row extends Difference> {
  /** What is compared: `Version 1 and version 2`. */
  label: string;
  rows: readonly Row[];
  /** Headings of the two sides: `v1`, `v2`. */
  from: string;
  to: string;
  /** How a value is shown where it is more than text, such as a digest. */
  value?: (row: Row, text: string) => ReactNode;
}

const signs: Record<Kind, string> = { added: '+', removed: '−', changed: '≠', same: '=' };

/** What differs, field by field: a sign, a word, both values and how far figures moved. */
export function Diff<Row extends Difference>({ label, rows, from, to, value }: DiffProps<Row>) {
  const side = (row: Row, text: string | null | undefined) =>
    text === null || text === undefined ? <span className={styles.none}>–</span> : (value?.(row, text) ?? <bdi>{text}</bdi>);
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <caption>{summary(rows)}</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Change</th>
            <th scope="col">{from}</th>
            <th scope="col">{to}</th>
          </tr>
        </thead>
        <tbody>
          {sections(rows).map((part) => (
            <Fragment key={part.section}>
              <tr className={styles.section}>
                <th colSpan={4} scope="colgroup">
                  {part.section}
                </th>
              </tr>
              {part.rows.map((row, at) => {
                const kind = kindOf(row);
                const moved = delta(row);
                return (
                  <tr key={at} data-kind={kind}>
                    <th scope="row">
                      <bdi>{row.field}</bdi>
                      {row.note && <small>{row.note}</small>}
                    </th>
                    <td className={styles.kind}>
                      <span aria-hidden="true">{signs[kind]}</span> {kind}
                      {moved && <small>{moved}</small>}
                    </td>
                    <td className={styles.from}>{side(row, row.from)}</td>
                    <td className={styles.to}>{side(row, row.to)}</td>
                  </tr>
                );
              })}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}
