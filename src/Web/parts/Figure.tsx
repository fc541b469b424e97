import { figure } from './format';
import { useEvidence, type Evidence } from './evidence';
import styles from './parts.module.css';

interface FigureProps {
  /** null was logged as NaN, undefined was never measured. */
  value: number | string | null | undefined;
  unit?: string;
  evidence?: Evidence;
  /** In tables the row has the focus, not each figure; `e` opens the first of the row. */
  inTable?: boolean;
}

/** A number with its unit; a click opens where it comes from. */
export function Figure({ value, unit, evidence, inTable = false }: FigureProps) {
  const { open } = useEvidence();
  const shown = typeof value === 'string' ? value : figure(value);
  const content = (
    <>
      {shown}
      {unit && <span className={styles.unit}>{unit}</span>}
    </>
  );
  if (!evidence) {
    return <span className={styles.figure}>{content}</span>;
  }
  return (
    <button
      type="button"
      className={styles.figure}
      data-evidence
      tabIndex={inTable ? -1 : undefined}
      data-plain={inTable || undefined}
      title={`Where ${evidence.title} comes from`}
      onClick={() => open(evidence)}
    >
      {content}
    </button>
  );
}
