import { Button } from '@mantine/core';
import { useState } from 'react';
import { useKeys } from '@/keys/useKeys';
import { count } from '@/parts/format';
import { MetricChart } from './MetricChart';
import { pointsFor, type RunDetail } from './queries';
import type { RunSearch } from './routes';
import styles from './Tracking.module.css';

interface ChartsProps {
  workspace: string;
  runId: string;
  /** Metrics that have a course, not only one value. */
  metrics: RunDetail['latest'];
  look: RunSearch;
  onLook: (change: Partial<RunSearch>) => void;
}

const atFirst = 12;
const axes = [
  ['step', 'Step'],
  ['time', 'Time'],
  ['relative', 'Relative'],
] as const;

/** How it went: a chart a metric, all drawn in the same way, with one cursor. */
export function Charts({ workspace, runId, metrics, look, onLook }: ChartsProps) {
  const [most, setMost] = useState(atFirst);
  const wanted = (look.metrics ?? '').toLowerCase();
  const fitting = metrics.filter(({ key }) => key.toLowerCase().includes(wanted));
  const axis = look.x ?? 'step';
  useKeys([
    { keys: 'l', label: 'Logarithmic axis', run: () => onLook({ log: look.log ? undefined : true }) },
    { keys: 'v', label: 'Next axis: step, time, relative', run: () => onLook({ x: axis === 'step' ? 'time' : axis === 'time' ? 'relative' : undefined }) },
  ]);
  if (metrics.length === 0) {
    return null;
  }
  return (
    <section aria-label="Metric charts">
      <div className={styles.chartTools} data-no-print>
        {metrics.length > 4 && (
          <input
            type="search"
            placeholder="Find a metric"
            aria-label="Find a metric"
            value={look.metrics ?? ''}
            onChange={(event) => onLook({ metrics: event.currentTarget.value || undefined })}
          />
        )}
        <div className={styles.segments} role="group" aria-label="Horizontal axis">
          {axes.map(([id, title]) => (
            <button key={id} type="button" aria-pressed={axis === id} onClick={() => onLook({ x: id === 'step' ? undefined : id })}>
              {title}
            </button>
          ))}
        </div>
        <label>
          <input type="checkbox" checked={look.log === true} onChange={(event) => onLook({ log: event.currentTarget.checked || undefined })} />
          Log axis
        </label>
        <label>
          Smoothing
          <input
            type="range"
            min={0}
            max={0.99}
            step={0.01}
            value={look.smooth ?? 0}
            onChange={(event) => onLook({ smooth: Number(event.currentTarget.value) || undefined })}
          />
          {(look.smooth ?? 0).toFixed(2)}
        </label>
      </div>
      <div className={styles.charts}>
        {fitting.slice(0, most).map((metric) => (
          <MetricChart key={metric.key} workspace={workspace} runId={runId} metric={metric} look={look} points={pointsFor(Math.min(fitting.length, most))} />
        ))}
      </div>
      {fitting.length > most && (
        <Button mt="sm" variant="default" size="compact-md" onClick={() => setMost(most + 24)}>
          {count(fitting.length - most)} more charts
        </Button>
      )}
      {fitting.length === 0 && <p className={styles.quiet}>No metric has “{look.metrics}” in its name.</p>}
    </section>
  );
}
