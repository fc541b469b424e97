import { useState, type ReactNode } from 'react';
import { count } from '@/parts/format';
import styles from './Tracking.module.css';

interface KeyValuesProps {
  title: string;
  rows: readonly (readonly [string, ReactNode])[];
  /** Said when there is none. */
  none: string;
  figures?: boolean;
}

const most = 200;

/** Names and values, findable, with any length of either. */
export function KeyValues({ title, rows, none, figures = false }: KeyValuesProps) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const fitting = rows.filter(
    ([name, value]) => wanted === '' || name.toLowerCase().includes(wanted) || (typeof value === 'string' && value.toLowerCase().includes(wanted)),
  );
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.panelHead}>
        <h2>{title}</h2>
        <span>{count(rows.length)}</span>
        {rows.length > 6 && (
          <input
            type="search"
            placeholder="Find"
            aria-label={`Find in ${title.toLowerCase()}`}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </div>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <table className={styles.values}>
          <tbody>
            {fitting.slice(0, most).map(([name, value]) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                <td data-figure={figures || undefined}>
                  {typeof value === 'string' && value.length > 120 ? (
                    <div className={styles.clip} tabIndex={0}>
                      <bdi>{value}</bdi>
                    </div>
                  ) : (
                    <bdi>{value}</bdi>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {fitting.length > most && <p className={styles.more}>{count(fitting.length - most)} more: type a part of the name.</p>}
      {rows.length > 0 && fitting.length === 0 && <p className={styles.more}>None has “{text}” in it.</p>}
    </section>
  );
}
