import styles from './Governance.module.css';

interface ChoicesProps {
  /** What is chosen: `State`. */
  label: string;
  titles: readonly string[];
  chosen: string;
  onChoose: (title: string) => void;
}

/** One of a few, side by side. */
export function Choices({ label, titles, chosen, onChoose }: ChoicesProps) {
  return (
    <div className={styles.choices} role="group" aria-label={label}>
      {titles.map((title) => (
        <button key={title} type="button" aria-pressed={title === chosen} onClick={() => onChoose(title)}>
          {title}
        </button>
      ))}
    </div>
  );
}
