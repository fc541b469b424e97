import { Figure } from '@/parts/Figure';
import { count, exact } from '@/parts/format';
import type { RunDetail } from './queries';
import styles from './Tracking.module.css';

interface LatestFigureProps {
  workspace: string;
  runId: string;
  metric: RunDetail['latest'][number];
}

/** The last value of a metric; a click shows which point it is and how to read it again. */
export function LatestFigure({ workspace, runId, metric }: LatestFigureProps) {
  const { key, step, timeMs } = metric;
  const value = metric.value ?? null;
  const series = `/api/v1/w/${workspace}/runs/${runId}/series?key=${encodeURIComponent(key)}`;
  return (
    <>
      <Figure
        value={value}
        evidence={{
          title: key,
          atMs: timeMs,
          facts: [
            ['Value', value === null ? 'NaN, as it was logged' : String(value)],
            ['Step', count(step)],
            ['Logged', exact(timeMs)],
            ['Meaning', 'the point with the greatest step; of several, the latest'],
          ],
          from: `GET ${series}`,
          link: { href: series, text: 'The points as JSON' },
        }}
      />
      {step !== 0 && <span className={styles.step}>step {count(step)}</span>}
    </>
  );
}
