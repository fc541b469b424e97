import { Button } from '@mantine/core';
import { useState } from 'react';
import { Distribution, DistributionTable } from '@/parts/Distribution';
import type { Evidence } from '@/parts/evidence';
import { Figure } from '@/parts/Figure';
import { count, figure } from '@/parts/format';
import { percent } from '@/parts/bars';
import styles from './Datasets.module.css';
import type { Column, VersionDetail } from './queries';
import { bound, missingShare, sampleOf, unitOf } from './samples';

interface SchemaProps {
  workspace: string;
  detail: VersionDetail;
  filter: string;
  onFilter: (text: string) => void;
}

const atFirst = 60;

/** Every column: what it means, in which unit, and what its values look like. */
export function Schema({ workspace, detail, filter, onFilter }: SchemaProps) {
  const [most, setMost] = useState(atFirst);
  const wanted = filter.toLowerCase();
  const fitting = detail.schema.filter(({ name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(wanted));
  const shown = fitting.slice(0, most);
  const unitless = detail.schema.every(({ unit }) => !unit);
  return (
    <section className={styles.panel} aria-labelledby="schema">
      <div className={styles.panelHead}>
        <h2 id="schema">Schema</h2>
        <span>{fitting.length === detail.schema.length ? count(fitting.length) : `${count(fitting.length)} of ${count(detail.schema.length)}`} columns</span>
        {detail.schema.length > 8 && (
          <input
            type="search"
            placeholder="Find a column"
            aria-label="Find a column"
            value={filter}
            onChange={(event) => onFilter(event.currentTarget.value)}
            data-no-print
          />
        )}
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="Columns with their statistics">
        <table className={styles.schema}>
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              {!unitless && <th scope="col">Unit</th>}
              <th scope="col">Distribution</th>
              <th scope="col">Missing</th>
              <th scope="col">Distinct</th>
              <th scope="col">Least</th>
              <th scope="col">Mean</th>
              <th scope="col">Greatest</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((column) => (
              <Row key={column.name} column={column} unitless={unitless} evidence={evidenceOf(workspace, detail, column)} />
            ))}
          </tbody>
        </table>
      </div>
      {fitting.length > most && (
        <Button m="xs" variant="default" size="compact-sm" onClick={() => setMost(most + 200)}>
          {count(fitting.length - most)} more columns
        </Button>
      )}
      {fitting.length === 0 && <p className={styles.quiet}>No column has “{filter}” in its name or description.</p>}
    </section>
  );
}

function Row({ column, unitless, evidence }: { column: Column; unitless: boolean; evidence: Evidence }) {
  const { statistics } = column;
  const sample = sampleOf(column);
  const missing = missingShare(statistics);
  return (
    <tr>
      <th scope="row">
        <Figure value={column.name} evidence={evidence} />
        {column.description && (
          <small>
            <bdi>{column.description}</bdi>
          </small>
        )}
      </th>
      <td>
        <code>{column.type.toLowerCase()}</code>
        {(column.required || column.unique) && <small>{[column.required && 'required', column.unique && 'unique'].filter(Boolean).join(', ')}</small>}
      </td>
      {!unitless && <td className={styles.unit}>{unitOf(column) ?? '–'}</td>}
      <td>{sample ? <Distribution sample={sample} label={column.name} /> : <span className={styles.dim}>nearly all differ</span>}</td>
      <td className={styles.figure} data-some={missing > 0 || undefined} title={`${count(statistics.nulls)} of ${count(statistics.count)} rows`}>
        {statistics.nulls === 0 ? '0' : percent(missing)}
      </td>
      <td className={styles.figure}>{count(statistics.distinct)}</td>
      <td className={styles.figure}>{bound(column, statistics.min)}</td>
      <td className={styles.figure}>{figure(statistics.mean ?? undefined)}</td>
      <td className={styles.figure}>{bound(column, statistics.max)}</td>
    </tr>
  );
}

const levels = ['5 %', '25 %', 'Median', '75 %', '95 %'] as const;

/** All that is known of a column, for the panel at the side. */
function evidenceOf(workspace: string, { version }: VersionDetail, column: Column): Evidence {
  const { statistics } = column;
  const sample = sampleOf(column);
  return {
    title: column.name,
    atMs: version.createdMs,
    facts: [
      ['Meaning', column.description ?? 'not said by the contract'],
      ['Type', column.type],
      ['Unit', [unitOf(column) ?? 'not said by the contract', column.quantityKind].filter(Boolean).join(', ')],
      ['Rows', count(statistics.count)],
      ['Missing', `${count(statistics.nulls)} (${percent(missingShare(statistics))})`],
      ...(statistics.nans > 0 ? [['Not a number', count(statistics.nans)] as const] : []),
      ['Distinct', count(statistics.distinct)],
      ['Least', bound(column, statistics.min)],
      ['Greatest', bound(column, statistics.max)],
      ...(typeof statistics.mean === 'number' ? [['Mean', figure(statistics.mean)] as const] : []),
      ...(typeof statistics.standardDeviation === 'number' ? [['Standard deviation', figure(statistics.standardDeviation)] as const] : []),
      ...(statistics.quantiles ?? []).map((value, at) => [levels[at] ?? '', figure(value)] as const),
    ],
    body: sample && <DistributionTable sample={sample} label={column.name} />,
    from: `GET /api/v1/w/${workspace}/datasets/${encodeURIComponent(version.name)}/versions/${version.version}`,
  };
}
