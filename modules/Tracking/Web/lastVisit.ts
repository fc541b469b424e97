import { useEffect, useState } from 'react';

/** After how long away the next look counts as another visit. */
export const awayMs = 30 * 60_000;

interface Visit {
  /** When the last visit before this one ended, Unix ms; 0 on the first. */
  beforeMs: number;
  /** When this one was last seen. */
  seenMs: number;
}

/** The visit that a look at this time belongs to. */
export function visitAt(stored: Visit | undefined, nowMs: number): Visit {
  if (!stored) {
    return { beforeMs: 0, seenMs: nowMs };
  }
  return nowMs - stored.seenMs > awayMs ? { beforeMs: stored.seenMs, seenMs: nowMs } : { ...stored, seenMs: nowMs };
}

/** When the person was here before this visit (Unix ms), in this browser; 0 when never. */
export function useLastVisit(workspace: string): number {
  const place = `slipway-visit ${workspace}`;
  const [visit, setVisit] = useState<Visit>();
  useEffect(() => {
    let stored: Visit | undefined;
    try {
      stored = (JSON.parse(localStorage.getItem(place) ?? 'null') as Visit | undefined) ?? undefined;
    } catch {
      stored = undefined;
    }
    const next = visitAt(stored, Date.now());
    localStorage.setItem(place, JSON.stringify(next));
    setVisit(next);
  }, [place]);
  return visit?.beforeMs ?? 0;
}
