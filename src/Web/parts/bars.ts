import { count, figure } from './format';

/** One sample: counts between edges, or counts of the most frequent values. */
export type Sample =
  /** One edge more than counts, ascending; a count is of lower ≤ x < upper, the last one of lower ≤ x ≤ upper. */
  | { kind: 'histogram'; edges: readonly number[]; counts: readonly number[] }
  /** `others` is how many rows hold none of these values. */
  | { kind: 'values'; values: readonly { value: string; count: number }[]; others?: number };

export interface Bar {
  /** The value, or the interval in words. */
  label: string;
  count: number;
  /** Part of the whole sample, 0 to 1. */
  share: number;
  /** Height against the highest, 0 to 1. */
  height: number;
}

/** The sample as bars, in its own order; the rest of a list of values comes last. */
export function barsOf(sample: Sample): Bar[] {
  const pairs: [string, number][] =
    sample.kind === 'histogram'
      ? sample.counts.map((amount, at) => [interval(sample.edges, at), amount])
      : [
          ...sample.values.map(({ value, count: amount }): [string, number] => [value, amount]),
          ...((sample.others ?? 0) > 0 ? [['other values', sample.others ?? 0] as [string, number]] : []),
        ];
  const total = pairs.reduce((sum, [, amount]) => sum + amount, 0);
  const most = Math.max(0, ...pairs.map(([, amount]) => amount));
  return pairs.map(([label, amount]) => ({ label, count: amount, share: total === 0 ? 0 : amount / total, height: most === 0 ? 0 : amount / most }));
}

function interval(edges: readonly number[], at: number): string {
  const last = at === edges.length - 2;
  const [lower, upper] = [edges[at], edges[at + 1]];
  return lower === upper ? figure(lower) : `${figure(lower)} to ${last ? '' : 'below '}${figure(upper)}`;
}

/** `12.3 %`; small shares keep a digit that says something. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.05) {
    return '< 0.1 %';
  }
  return `${value.toFixed(1).replace('-', '−')} %`;
}

/** The sample in one sentence, for those who do not see the bars. */
export function said(sample: Sample): string {
  const bars = barsOf(sample);
  const highest = bars.reduce<Bar | undefined>((best, bar) => (best === undefined || bar.count > best.count ? bar : best), undefined);
  if (!highest || highest.count === 0) {
    return 'no values';
  }
  const most = `${highest.label} (${count(highest.count)}, ${percent(highest.share)})`;
  return sample.kind === 'histogram'
    ? `${count(sample.counts.length)} bins from ${figure(sample.edges[0])} to ${figure(sample.edges.at(-1))}, most in ${most}`
    : bars
        .slice(0, 5)
        .map((bar) => `${bar.label} ${percent(bar.share)}`)
        .join(', ');
}
