import { duration } from '@/parts/format';
import { useNow } from '@/parts/useNow';

/** How long something took, or has been going on. */
export function Took({ startedMs, endedMs, going }: { startedMs?: number | null; endedMs?: number | null; going: boolean }) {
  const now = useNow();
  if (!startedMs) {
    return <span>–</span>;
  }
  return <span>{endedMs ? duration(endedMs - startedMs) : going ? duration(Math.max(0, now - startedMs)) : '–'}</span>;
}
