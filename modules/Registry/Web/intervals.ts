import { percent } from '@/parts/bars';
import { figure } from '@/parts/format';
import type { Group } from './queries';

/** A ratio below which a group is commonly looked at: four fifths (29 CFR 1607.4 D). */
export const fourFifths = 0.8;

/** The right end of an axis from 0 on which every interval and the ratio 1 have room; very wide intervals are cut at 4. */
export function axisEnd(groups: readonly Group[]): number {
  const most = Math.max(1.25, ...groups.map(({ ratioHigh, ratio }) => ratioHigh ?? ratio ?? 0));
  return Math.min(4, Math.ceil(most * 4) / 4);
}

/** Where a ratio stands on the axis, 0 to 1; what is beyond its end stands at the end. */
export const placeAt = (ratio: number, end: number): number => Math.max(0, Math.min(1, ratio / end));

/** `24.4 % (19.8 to 29.6)`. */
export function rate({ selectionRate, selectionLow, selectionHigh }: Group): string {
  if (typeof selectionRate !== 'number') {
    return '–';
  }
  const interval =
    typeof selectionLow === 'number' && typeof selectionHigh === 'number' ? ` (${(selectionLow * 100).toFixed(1)} to ${(selectionHigh * 100).toFixed(1)})` : '';
  return `${percent(selectionRate)}${interval}`;
}

/** `0.77 (0.63 to 0.94)`. */
export function ratioOf({ ratio, ratioLow, ratioHigh, isReference }: Group): string {
  if (isReference) {
    return 'reference';
  }
  if (typeof ratio !== 'number') {
    return '–';
  }
  return `${ratio.toFixed(2)}${typeof ratioLow === 'number' && typeof ratioHigh === 'number' ? ` (${ratioLow.toFixed(2)} to ${ratioHigh.toFixed(2)})` : ''}`;
}

/** `0.013`, `< 0.001`. */
export const pValue = (p: number | null | undefined): string => (typeof p !== 'number' ? '–' : p < 0.001 ? '< 0.001' : figure(Number(p.toPrecision(3))));
