import { useState } from 'react';
import { Icon } from './Icon';
import styles from './parts.module.css';

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [said, say] = useState('');
  const copy = async () => {
    say((await put(text)) ? 'copied' : 'not copied');
    setTimeout(() => say(''), 1_500);
  };
  return (
    <button type="button" className={styles.copy} aria-label={label} title={label} onClick={() => void copy()}>
      <Icon name={said === 'copied' ? 'check' : 'copy'} size={14} />
      <span role="status" className={styles.said}>
        {said}
      </span>
    </button>
  );
}

/** The clipboard needs a secure address; on plain HTTP a hidden field does it. */
async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}
