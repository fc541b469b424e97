import { Figure } from '@/parts/Figure';
import { percent } from '@/parts/bars';
import { count } from '@/parts/format';
import type { Endpoint } from './queries';
import styles from './Serving.module.css';

interface AnswersProps {
  workspace: string;
  endpoint: Endpoint;
  /** Requests per minute while this page is open; undefined before there is anything to compare. */
  rate: number | undefined;
  readMs: number;
}

/** How much is asked, how much of it is refused or fails, and how long an answer takes. */
export function Answers({ workspace, endpoint, rate, readMs }: AnswersProps) {
  const { requests, refused, failed, predictions, meanMs } = endpoint.counts;
  const phases = Object.entries(meanMs ?? {});
  const all = requests + refused + failed;
  const evidence = (title: string, value: number) => ({
    title,
    atMs: readMs,
    facts: [
      ['Value', String(value)],
      ['Counted', 'by the processes that are alive, each since it started'],
    ] as const,
    from: `GET /api/v1/w/${workspace}/endpoints/${encodeURIComponent(endpoint.name)}`,
  });
  const part = (amount: number) => (all === 0 ? undefined : percent(amount / all));
  const rows: [string, number, string | undefined][] = [
    ['Answered', requests, part(requests)],
    ['Refused', refused, part(refused)],
    ['Failed', failed, part(failed)],
    ['Predictions', predictions, undefined],
  ];
  return (
    <dl className={styles.metrics}>
      <div>
        <dt>Requests a minute</dt>
        <dd>{rate === undefined ? <span title="Measured while this page is open">…</span> : count(Math.round(rate))}</dd>
      </div>
      <div>
        <dt>An answer takes</dt>
        <dd>
          {phases.length === 0 ? (
            '–'
          ) : (
            <Figure
              value={milliseconds(phases.reduce((sum, [, ms]) => sum + ms, 0))}
              unit="ms"
              evidence={{
                title: 'Time of an answer',
                atMs: readMs,
                facts: [...phases.map(([phase, ms]) => [phase, `${milliseconds(ms)} ms`] as const), ['Measured', 'mean over all answers of the process that answered this page']],
              }}
            />
          )}
        </dd>
      </div>
      {rows.map(([title, amount, share]) => (
        <div key={title} data-bad={(title === 'Failed' && amount > 0) || undefined}>
          <dt>{title}</dt>
          <dd>
            <Figure value={count(amount)} evidence={evidence(title, amount)} />
            {share && <small>{share}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Two significant digits: `0.84`, `12`. */
const milliseconds = (value: number): string => String(Number(value.toPrecision(2)));
