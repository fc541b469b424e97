import type { Guide, Moment } from '@/chart/options';
import type { Line } from '@/chart/smooth';
import type { Alert, Monitor, Share, WindowRow } from './queries';

/** One line a version: the index of the feature that moved most, window after window. */
export function psiLines(windows: readonly WindowRow[]): Line[] {
  return byVersion(windows, ({ maximumPsi }) => maximumPsi ?? null);
}

/** One line a version: the share of a decision, window after window. */
export function shareLines(windows: readonly WindowRow[], decision: string): Line[] {
  return byVersion(windows, ({ shares }) => shares.find((each) => each.decision === decision)?.share ?? null);
}

function byVersion(windows: readonly WindowRow[], value: (row: WindowRow) => number | null): Line[] {
  const lines = new Map<string, { step: number; timeMs: number; value: number | null }[]>();
  for (const window of [...windows].sort((a, b) => a.toMs - b.toMs || a.number - b.number)) {
    const name = `version ${window.version}`;
    const point = { step: window.number, timeMs: window.toMs, value: value(window) };
    const line = lines.get(name);
    if (line) {
      line.push(point);
    } else {
      lines.set(name, [point]);
    }
  }
  return [...lines].map(([name, points]) => ({ name, points }));
}

/** The decision to draw: the first that has a band, else the first there is. */
export function decisionOf({ versions }: Pick<Monitor, 'versions'>, windows: readonly WindowRow[]): string | undefined {
  const shares: Share[] = [...versions.flatMap(({ open }) => open?.decisions ?? []), ...windows.flatMap((window) => window.shares)];
  return (shares.find(({ low, high }) => typeof low === 'number' || typeof high === 'number') ?? shares[0])?.decision;
}

/** The band of a decision as it is approved now. */
export function bandGuides({ versions }: Pick<Monitor, 'versions'>, windows: readonly WindowRow[], decision: string): Guide[] {
  const shares: Share[] = [...versions.flatMap(({ open }) => open?.decisions ?? []), ...windows.flatMap((window) => window.shares)];
  const band = shares.find((each) => each.decision === decision && (typeof each.low === 'number' || typeof each.high === 'number'));
  return [
    ...(typeof band?.low === 'number' ? [{ name: 'least approved', value: band.low }] : []),
    ...(typeof band?.high === 'number' ? [{ name: 'most approved', value: band.high }] : []),
  ];
}

/** When alerts of a kind were opened. */
export const alertMoments = (alerts: readonly Alert[], kind: string): Moment[] =>
  alerts.filter((alert) => alert.kind === kind).map(({ openedMs, version }) => ({ atMs: openedMs, name: `alert of version ${version}` }));
