import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { SeriesChart } from '@/chart/SeriesChart';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { seriesQuery, type RunDetail } from './queries';
import type { RunSearch } from './routes';
import styles from './Tracking.module.css';
import { LatestFigure } from './LatestFigure';
import { useInView } from './useInView';

interface MetricChartProps {
  workspace: string;
  runId: string;
  metric: RunDetail['latest'][number];
  look: RunSearch;
  points: number;
}

/** One metric of a run over its steps; it is read when it comes into view, and finer when a part is chosen. */
export function MetricChart({ workspace, runId, metric, look, points }: MetricChartProps) {
  const [slot, seen] = useInView();
  const [range, setRange] = useState<readonly [number, number]>();
  const axis = look.x ?? 'step';
  // The server cuts by step; on the other axes the drawn points are enough to zoom.
  const cut = axis === 'step' && range ? ([Math.floor(range[0]), Math.ceil(range[1])] as const) : undefined;
  const series = useQuery({ ...seriesQuery(workspace, runId, metric.key, points, cut), enabled: seen, placeholderData: keepPreviousData });
  const lines = useMemo(() => (series.data ? [{ name: metric.key, points: series.data.points }] : []), [series.data, metric.key]);
  return (
    <div ref={slot} className={styles.slot}>
      {series.isError && !series.data ? (
        <Problem title={`${metric.key} could not be read`} error={series.error} retry={() => void series.refetch()} />
      ) : !series.data ? (
        <div className={styles.panel}>
          <div className={styles.panelHead}>
            <h2>
              <bdi>{metric.key}</bdi>
            </h2>
          </div>
          <Skeleton lines={5} label={`Reading ${metric.key}`} />
        </div>
      ) : (
        <SeriesChart
          title={metric.key}
          lines={lines}
          axis={axis}
          log={look.log}
          smoothing={look.smooth}
          group={`run ${runId}`}
          range={range}
          onRange={setRange}
          total={series.data.downSampled ? series.data.total : undefined}
        >
          <LatestFigure workspace={workspace} runId={runId} metric={metric} />
        </SeriesChart>
      )}
    </div>
  );
}
