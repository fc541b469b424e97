import styles from './parts.module.css';

/** How a state looks: one that turns is still moving, a quiet one has not begun or does not matter. */
export type Tone = 'yes' | 'no' | 'attention' | 'busy' | 'quiet';

export interface Mark {
  tone: Tone;
  /** One sign that tells it without colour; what is busy turns instead. */
  sign: string;
  word: string;
}

/** The state of something that goes on: sign, word and colour. */
export function StateMark({ mark, bare = false }: { mark: Mark; bare?: boolean }) {
  return (
    <span className={styles.state} data-tone={mark.tone}>
      <i aria-hidden="true">{mark.tone === 'busy' ? '' : mark.sign}</i>
      <span className={bare ? styles.unseen : undefined}>{mark.word}</span>
    </span>
  );
}
