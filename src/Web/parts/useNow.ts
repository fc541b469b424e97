import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (timer === undefined) {
    // Nobody has asked for a while.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      watchers.forEach((each) => each());
    }, 5_000);
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time (Unix ms), the same for everything on the page, moving every five seconds. */
export const useNow = (): number => useSyncExternalStore(watch, () => now);

/** As `useNow`, and never before a moment that has come since it moved last: what has just happened does not lie ahead. */
export function useNowAfter(atMs: number | null | undefined): number {
  const seen = useNow();
  return atMs !== null && atMs !== undefined && atMs > seen ? Math.max(seen, Math.min(atMs, Date.now())) : seen;
}
