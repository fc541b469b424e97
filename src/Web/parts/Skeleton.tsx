import styles from './parts.module.css';

/** Holds the place of what is being loaded, so that nothing jumps when it arrives. */
export function Skeleton({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className={styles.bone} style={{ width: `${90 - ((line * 23) % 45)}%` }} />
      ))}
    </div>
  );
}
