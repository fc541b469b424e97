import { useId } from 'react';
import styles from './text.module.css';

/** Something wrong with a text. */
export interface TextFault {
  /** From 1; absent when it is about the whole. */
  line?: number | null;
  detail: string;
}

interface TextEditorProps {
  /** What the text is: `Policy as YAML`. */
  label: string;
  value: string;
  /** Absent: to be read only. */
  onChange?: (value: string) => void;
  faults?: readonly TextFault[];
}

const lineHeight = 20;

/** A text in a fixed width with numbered lines; lines with a fault are marked by sign and ground, and say what it is. */
export function TextEditor({ label, value, onChange, faults = [] }: TextEditorProps) {
  const id = useId();
  const lines = Math.max(3, value.split('\n').length);
  const wrong = new Map(faults.flatMap(({ line, detail }) => (line ? [[line, detail] as const] : [])));
  return (
    <div className={styles.editor} data-fault={faults.length > 0 || undefined}>
      <div className={styles.gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, at) => (
          <span key={at} data-fault={wrong.has(at + 1) || undefined} title={wrong.get(at + 1)}>
            {wrong.has(at + 1) ? '✕ ' : ''}
            {at + 1}
          </span>
        ))}
      </div>
      <div className={styles.page}>
        {[...wrong.keys()].map((line) => (
          <i key={line} aria-hidden="true" style={{ top: 8 + (line - 1) * lineHeight }} />
        ))}
        <textarea
          aria-label={label}
          aria-invalid={faults.length > 0 || undefined}
          aria-describedby={faults.length > 0 ? id : undefined}
          value={value}
          readOnly={onChange === undefined}
          onChange={(event) => onChange?.(event.currentTarget.value)}
          style={{ height: lines * lineHeight + 16 }}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
        />
      </div>
      {faults.length > 0 && (
        <ul id={id} className={styles.faults}>
          {faults.map(({ line, detail }) => (
            <li key={`${line ?? ''} ${detail}`}>
              <span aria-hidden="true">✕</span> {line ? <b>line {line}: </b> : null}
              <bdi>{detail}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
