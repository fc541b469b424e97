export type Value = number | null;

/**
 * Exponential moving average, corrected for its start as in Adam (Kingma and Ba 2015, section 3), so that the first points are not drawn to zero.
 * Missing values stay missing and do not count.
 * @param weight 0 (as it is) up to, not including, 1
 */
export function smooth(values: readonly Value[], weight: number): Value[] {
  if (weight <= 0) {
    return [...values];
  }
  let mean = 0;
  let seen = 0;
  return values.map((value) => {
    if (value === null) {
      return null;
    }
    seen += 1;
    mean = weight * mean + (1 - weight) * value;
    return mean / (1 - weight ** seen);
  });
}

export interface Point {
  step: number;
  timeMs: number;
  /** null where NaN was logged. */
  value?: Value;
}

export interface Line {
  name: string;
  points: readonly Point[];
}

export type Axis = 'step' | 'time' | 'relative';

/** Where a point stands on the axis: step, seconds since 1970, or seconds since the first point of the run. */
export function place(point: Point, axis: Axis, startMs: number): number {
  return axis === 'step' ? point.step : axis === 'time' ? point.timeMs / 1_000 : (point.timeMs - startMs) / 1_000;
}

/** The lines on one common axis, as uPlot wants them: places, then one row of values a line; undefined where a line has no point, null where it has a gap. */
export function align(lines: readonly Line[], axis: Axis, weight: number): { xs: number[]; rows: (Value | undefined)[][] } {
  const startMs = lines.reduce((least, { points }) => points.reduce((first, point) => Math.min(first, point.timeMs), least), Infinity);
  const xs = [...new Set(lines.flatMap(({ points }) => points.map((point) => place(point, axis, startMs))))].sort((a, b) => a - b);
  const at = new Map(xs.map((x, index) => [x, index]));
  const rows = lines.map(({ points }) => {
    const row = new Array<Value | undefined>(xs.length).fill(undefined);
    const ordered = [...points].sort((a, b) => place(a, axis, startMs) - place(b, axis, startMs) || a.timeMs - b.timeMs);
    const values = smooth(
      ordered.map(({ value }) => value ?? null),
      weight,
    );
    ordered.forEach((point, index) => {
      row[at.get(place(point, axis, startMs)) as number] = values[index] ?? null;
    });
    return row;
  });
  return { xs, rows };
}

/** Does a line have anything that a logarithmic axis can show? */
export const hasPositive = (lines: readonly Line[]): boolean => lines.some(({ points }) => points.some(({ value }) => (value ?? 0) > 0));
