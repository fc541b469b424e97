import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import uPlot from 'uplot';
import { csv, download } from '@/parts/csv';
import { count, exact, figure } from '@/parts/format';
import { Icon } from '@/parts/Icon';
import { useScheme } from '@/theme/scheme';
import { chartOptions, type Guide, type Moment } from './options';
import styles from './SeriesChart.module.css';
import { SeriesTable } from './SeriesTable';
import { align, hasPositive, type Axis, type Line } from './smooth';

interface SeriesChartProps {
  title: string;
  lines: readonly Line[];
  axis: Axis;
  log?: boolean;
  /** 0 to below 1. */
  smoothing?: number;
  /** Charts of the same group share their cursor. */
  group: string;
  /** The part of the axis that is shown, in its own units; absent for all. */
  range?: readonly [number, number];
  /** Called with the part chosen by dragging, or nothing after a double click. */
  onRange?: (range: readonly [number, number] | undefined) => void;
  /** How many points there are in all, when fewer are drawn. */
  total?: number;
  /** Levels that mean something, such as a maximum. */
  guides?: readonly Guide[];
  /** Moments that mean something, such as alerts; on a time axis. */
  moments?: readonly Moment[];
  /** The latest figure or anything else that stands in the head. */
  children?: ReactNode;
}

const noGuides: readonly Guide[] = [];
const noMoments: readonly Moment[] = [];

/** Lines over steps or time, the same as a table, as a picture and as CSV. */
export function SeriesChart({ title, lines, axis, log = false, smoothing = 0, group, range, onRange, total, guides = noGuides, moments = noMoments, children }: SeriesChartProps) {
  const [asTable, setAsTable] = useState(false);
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const { scheme } = useScheme();
  const guided = guides.length > 0;
  const logarithmic = log && hasPositive(lines);
  const names = lines.map(({ name }) => name).join('\n');
  const data = useMemo(() => {
    const { xs, rows } = align(lines, axis, smoothing);
    return [
      xs,
      ...rows.map((row) => (logarithmic ? row.map((value) => (value !== null && value !== undefined && value <= 0 ? null : value)) : row)),
    ] as uPlot.AlignedData;
  }, [lines, axis, smoothing, logarithmic]);
  const latest = useRef({ data, onRange, guides, moments });
  useEffect(() => {
    latest.current = { data, onRange, guides, moments };
  });

  useEffect(() => {
    const box = holder.current;
    if (!box || asTable) {
      return undefined;
    }
    const options = chartOptions({
      names: names.split('\n'),
      axis,
      logarithmic,
      group,
      width: box.clientWidth,
      style: getComputedStyle(box),
      onRange: (next) => latest.current.onRange?.(next),
      guided,
      overlay: () => latest.current,
    });
    const made = (plot.current = new uPlot(options, latest.current.data, box));
    const watcher = new ResizeObserver(() => {
      if (box.clientWidth > 0) {
        made.setSize({ width: box.clientWidth, height: options.height });
      }
    });
    watcher.observe(box);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [names, axis, logarithmic, group, scheme, asTable, guided]);

  useEffect(() => {
    const made = plot.current;
    if (!made) {
      return;
    }
    made.setData(data, false);
    const [xs] = data;
    const marked = axis === 'time' ? moments.map(({ atMs }) => atMs / 1_000) : [];
    const [from, to] = range ?? [Math.min(xs[0] ?? 0, ...marked), Math.max(xs.at(-1) ?? 1, ...marked)];
    made.setScale('x', { min: from, max: from === to ? from + 1 : to });
  }, [data, range, names, axis, logarithmic, scheme, asTable, guided, guides, moments]);

  const drawn = data[0].length;
  const save = () =>
    plot.current?.ctx.canvas.toBlob((picture) => {
      if (picture) {
        download(`${title}.png`, picture);
      }
    });
  const saveCsv = () =>
    download(
      `${title}.csv`,
      new Blob(
        [
          csv([
            ['name', 'step', 'timeMs', 'value'],
            ...lines.flatMap(({ name, points }) => points.map((point) => [name, point.step, point.timeMs, point.value ?? 'NaN'])),
          ]),
        ],
        { type: 'text/csv' },
      ),
    );
  return (
    <figure className={styles.chart} aria-label={title}>
      <figcaption className={styles.head}>
        <h3 title={title}>
          <bdi>{title}</bdi>
        </h3>
        <span className={styles.latest}>{children}</span>
        <span className={styles.tools} data-no-print>
          <button type="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)} aria-label={`${title} as a table`} title="As a table">
            <Icon name="table" size={14} />
          </button>
          <button type="button" onClick={save} disabled={asTable} aria-label={`${title} as PNG`} title="PNG">
            <Icon name="image" size={14} />
          </button>
          <button type="button" onClick={saveCsv} aria-label={`${title} as CSV`} title="CSV">
            <Icon name="download" size={14} />
          </button>
        </span>
      </figcaption>
      {asTable ? (
        <SeriesTable lines={lines} />
      ) : (
        <div ref={holder} className={styles.plot} data-single={lines.length === 1 || undefined} role="img" aria-label={said(title, lines, guides, moments)} />
      )}
      {((total !== undefined && total > drawn) || range || (log && !logarithmic)) && (
        <p className={styles.note}>
          {total !== undefined && total > drawn && `${count(drawn)} of ${count(total)} points drawn; drag over a part to read it finer. `}
          {log && !logarithmic && 'Nothing above zero, so the axis stays linear. '}
          {range && (
            <button type="button" onClick={() => onRange?.(undefined)}>
              Show all
            </button>
          )}
        </p>
      )}
    </figure>
  );
}

function said(title: string, lines: readonly Line[], guides: readonly Guide[], moments: readonly Moment[]): string {
  return [
    `${title}: ${lines.map(({ name, points }) => `${name}, ${count(points.length)} points, last ${figure(points.at(-1)?.value)}`).join('; ')}`,
    ...guides.map(({ name, value }) => `${name} ${figure(value)}`),
    ...moments.map(({ name, atMs }) => `${name} at ${exact(atMs)}`),
  ].join('; ');
}
