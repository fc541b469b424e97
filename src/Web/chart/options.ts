import uPlot from 'uplot';
import { duration, figure } from '@/parts/format';
import type { Axis } from './smooth';

/** A level that means something, such as a maximum: drawn across the whole chart. */
export interface Guide {
  name: string;
  value: number;
}

/** A moment that means something, such as an alert. */
export interface Moment {
  atMs: number;
  name: string;
}

/** What is drawn over the lines; read at each drawing. */
export interface Overlay {
  guides: readonly Guide[];
  moments: readonly Moment[];
}

interface ChartLook {
  names: readonly string[];
  axis: Axis;
  logarithmic: boolean;
  group: string;
  width: number;
  /** Where the colours come from: the tokens in force. */
  style: CSSStyleDeclaration;
  onRange: (range: readonly [number, number] | undefined) => void;
  /** Are there guides, so that the axis makes room for them? */
  guided: boolean;
  overlay: () => Overlay;
}

const label = (axis: Axis, value: number): string =>
  axis === 'step' ? `step ${figure(value)}` : axis === 'relative' ? `after ${duration(value * 1_000)}` : new Date(value * 1_000).toLocaleString('sv');

/** How uPlot draws: quiet grid, no legend box, a cursor shared by the group, zoom by dragging. */
export function chartOptions({ names, axis, logarithmic, group, width, style, onRange, guided, overlay }: ChartLook): uPlot.Options {
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
      y: {
        distr: logarithmic ? 3 : 1,
        // Guides are always in view: how far away they are is what they say.
        ...(guided && !logarithmic ? { range: (_: uPlot, least: number | null, most: number | null) => rangeWith(overlay().guides, least, most) } : {}),
      },
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
        // One value alone makes no line, and is still seen.
        points: { show: (plot, series) => Array.from(plot.data[series] ?? []).filter((value) => typeof value === 'number').length <= 1 || undefined, size: 4 },
        value: (_, value) => (value === undefined || value === null ? '' : figure(value)),
      })),
    ],
    hooks: {
      draw: [(plot) => drawOverlay(plot, overlay(), style)],
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

function rangeWith(guides: readonly Guide[], least: number | null, most: number | null): uPlot.Range.MinMax {
  const levels = [...guides.map(({ value }) => value), ...(least === null ? [] : [least]), ...(most === null ? [] : [most])];
  return uPlot.rangeNum(Math.min(...levels), Math.max(...levels), 0.1, true);
}

/** Guides as dashed lines with their names, moments as lines with a flag at the top; both also stand in the chart's description. */
function drawOverlay(plot: uPlot, { guides, moments }: Overlay, style: CSSStyleDeclaration): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${11 * scale}px ui-sans-serif, system-ui, "Liberation Sans", Arial, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  ctx.lineWidth = scale;
  ctx.setLineDash([4 * scale, 3 * scale]);
  ctx.strokeStyle = ctx.fillStyle = style.getPropertyValue('--attention');
  for (const { name, value } of guides) {
    const y = plot.valToPos(value, 'y', true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.fillText(name, bbox.left + 4 * scale, y - 2 * scale);
  }
  ctx.setLineDash([]);
  ctx.strokeStyle = ctx.fillStyle = style.getPropertyValue('--no');
  for (const { atMs } of moments) {
    const x = plot.valToPos(atMs / 1_000, 'x', true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    // At the right edge the flag flies to the left.
    ctx.lineTo(x + (x > bbox.left + bbox.width - 10 * scale ? -8 : 8) * scale, bbox.top + 4 * scale);
    ctx.lineTo(x, bbox.top + 8 * scale);
    ctx.fill();
  }
  ctx.restore();
}
