import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { Change, LiveState } from './state';
import { liveStream } from './stream';

/** Is what is shown being kept up to date? */
export const useLive = (): LiveState => useSyncExternalStore(liveStream.watch, liveStream.current);

/**
 * Hands over the hints that arrived, gathered so that a busy server costs a page at most one reaction per interval.
 * @param everyMs shortest time between two calls, in milliseconds
 */
export function useChanges(handle: (changes: Change[]) => void, everyMs = 700): void {
  const latest = useEffectEvent(handle);

  useEffect(() => {
    let gathered: Change[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      const changes = gathered;
      gathered = [];
      timer = undefined;
      latest(changes);
    };
    const stop = liveStream.listen((change) => {
      gathered.push(change);
      timer ??= setTimeout(flush, everyMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [everyMs]);
}
