import type { Sample } from '@/parts/bars';
import { figure } from '@/parts/format';
import type { Column, Statistics } from './queries';

/** How the values lie, where the statistics say: bins of numbers, otherwise the most frequent values and how many rows have another. */
export function sampleOf({ statistics }: Column): Sample | undefined {
  const { histogram, top, count, nulls } = statistics;
  if (histogram && histogram.length > 0) {
    return { kind: 'histogram', edges: [histogram[0]?.from ?? 0, ...histogram.map(({ to }) => to)], counts: histogram.map((bin) => bin.count) };
  }
  if (top && top.length > 0) {
    const named = top.reduce((sum, value) => sum + value.count, 0);
    return { kind: 'values', values: top, others: Math.max(0, count - nulls - named) };
  }
  return undefined;
}

/** Part of the rows without a value, 0 to 1. */
export const missingShare = ({ count, nulls }: Statistics): number => (count === 0 ? 0 : nulls / count);

/** Smallest and largest value as people read them: numbers with six digits, everything else as it is. */
export function bound(column: Column, text: string | null | undefined): string {
  if (text === null || text === undefined) {
    return '–';
  }
  const value = column.kind === 'number' ? Number(text) : Number.NaN;
  return Number.isNaN(value) ? text : figure(value);
}

/** The unit as it is shown: the contract's; `1` is none, and a ratio where the contract says so. */
export const unitOf = ({ unit, quantityKind }: Column): string | undefined =>
  unit === '1' ? (quantityKind === 'DimensionlessRatio' ? 'ratio (1)' : 'dimensionless (1)') : (unit ?? undefined);
