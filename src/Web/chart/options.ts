import uPlot from 'uplot';
import { duration, figure } from '@/parts/format';
import type { Axis } from './smooth';

interface ChartLook {
  names: readonly string[];
  axis: Axis;
  logarithmic: boolean;
  group: string;
  width: number;
  /** Where the colours come from: the tokens in force. */
  style: CSSStyleDeclaration;
  onRange: (range: readonly [number, number] | undefined) => void;
}

const label = (axis: Axis, value: number): string =>
  axis === 'step' ? `step ${figure(value)}` : axis === 'relative' ? `after ${duration(value * 1_000)}` : new Date(value * 1_000).toLocaleString('sv');

/** How uPlot draws: quiet grid, no legend box, a cursor shared by the group, zoom by dragging. */
export function chartOptions({ names, axis, logarithmic, group, width, style, onRange }: ChartLook): uPlot.Options {
  const ink = style.getPropertyValue('--text-3');
  const colours = style.getPropertyValue('--series').trim().split(/\s+/);
  const grid = { stroke: style.getPropertyValue('--line'), width: 1 };
  const font = '11px ui-sans-serif, system-ui, "Liberation Sans", Arial, sans-serif';
  return {
    width: Math.max(width, 120),
    height: 190,
    ms: 1e-3,
    padding: [8, 12, 0, 0],
    legend: { show: true, live: true, markers: { show: false } },
    cursor: {
      sync: { key: group, setSeries: false },
      drag: { x: true, y: false, setScale: false, dist: 6 },
      points: { size: 6 },
      bind: {
        dblclick: () => () => {
          onRange(undefined);
          return null;
        },
      },
    },
    scales: {
      x: { time: axis === 'time' },
      y: { distr: logarithmic ? 3 : 1 },
    },
    axes: [
      {
        stroke: ink,
        grid,
        ticks: grid,
        font,
        size: 26,
        ...(axis === 'relative'
          ? { values: (_: uPlot, places: number[]) => places.map((place) => duration(place * 1_000)), space: 80 }
          : axis === 'step'
            ? { values: (_: uPlot, places: number[]) => places.map((place) => (Number.isInteger(place) ? place.toLocaleString('en-US') : '')) }
            : {}),
      },
      { stroke: ink, grid, ticks: grid, font, size: 58, values: (_, places) => places.map((place) => (place === null ? '' : figure(place))) },
    ],
    series: [
      { label: '', value: (_, value) => (value === null || value === undefined ? '' : label(axis, value)) },
      ...names.map((name, at): uPlot.Series => ({
        label: name,
        stroke: colours[at % colours.length],
        width: 1.5,
        spanGaps: false,
        points: { show: (plot, series) => (plot.data[series]?.length ?? 0) <= 1 || undefined, size: 4 },
        value: (_, value) => (value === undefined || value === null ? '' : figure(value)),
      })),
    ],
    hooks: {
      setSelect: [
        (plot) => {
          if (plot.select.width > 4) {
            onRange([plot.posToVal(plot.select.left, 'x'), plot.posToVal(plot.select.left + plot.select.width, 'x')]);
          }
          plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        },
      ],
    },
  };
}
