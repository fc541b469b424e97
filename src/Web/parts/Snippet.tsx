import { useId, useState } from 'react';
import { CopyButton } from './CopyButton';
import styles from './parts.module.css';

export interface SnippetTab {
  language: string;
  code: string;
}

/** Lines to copy, with the real address in them. */
export function Snippet({ tabs, label }: { tabs: readonly SnippetTab[]; label: string }) {
  const [chosen, choose] = useState(0);
  const id = useId();
  const tab = tabs[chosen] ?? tabs[0];
  if (!tab) {
    return null;
  }
  const move = (by: number) => {
    const next = (chosen + by + tabs.length) % tabs.length;
    choose(next);
    document.getElementById(`${id}${next}`)?.focus();
  };
  return (
    <div className={styles.snippet}>
      <div className={styles.snippetHead}>
        <div
          role="tablist"
          aria-label={label}
          onKeyDown={({ key }) => {
            if (key === 'ArrowRight') {
              move(1);
            }
            if (key === 'ArrowLeft') {
              move(-1);
            }
          }}
        >
          {tabs.map(({ language }, index) => (
            <button
              key={language}
              id={`${id}${index}`}
              type="button"
              role="tab"
              aria-selected={index === chosen}
              aria-controls={`${id}code`}
              tabIndex={index === chosen ? 0 : -1}
              onClick={() => choose(index)}
            >
              {language}
            </button>
          ))}
        </div>
        <CopyButton text={tab.code} label={`Copy ${tab.language} lines`} />
      </div>
      <pre className={styles.code} id={`${id}code`} role="tabpanel" aria-labelledby={`${id}${chosen}`} tabIndex={0}>
        {tab.code}
      </pre>
    </div>
  );
}
