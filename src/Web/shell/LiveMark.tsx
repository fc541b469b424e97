import { useLive } from '@/live/useLive';
import { ago } from '@/parts/format';
import { useNow } from '@/parts/useNow';
import styles from './Header.module.css';

/** Says whether what is shown keeps itself up to date, and its age when it does not. */
export function LiveMark() {
  const state = useLive();
  const now = useNow();
  const text = state.kind === 'connected' ? 'live' : state.kind === 'off' ? 'not live' : `reconnecting · as of ${ago(state.sinceMs, now)}`;
  const title =
    state.kind === 'connected'
      ? 'Changes appear by themselves'
      : state.kind === 'off'
        ? 'Changes appear when a page is loaded again'
        : 'The stream of changes broke; it is being opened again';
  return (
    <div className={styles.live} data-state={state.kind} role="status" title={title}>
      <i className={styles.dot} aria-hidden="true" />
      <span>{text}</span>
    </div>
  );
}
