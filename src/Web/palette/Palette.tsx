import { useRouter } from '@tanstack/react-router';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { Dialog } from '@/parts/Dialog';
import { Icon } from '@/parts/Icon';
import styles from './Palette.module.css';
import { useEntries, type Entry } from './useEntries';

/** Search and jump: recent pages, objects by name or id, pages, and what can be done here. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const { entries, searching } = useEntries(text);
  const router = useRouter();
  const id = useId();
  const chosen = Math.min(active, entries.length - 1);

  useEffect(() => {
    document.getElementById(`${id}${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen, id]);

  const open = (entry: Entry | undefined) => {
    if (!entry) {
      return;
    }
    onClose();
    if (entry.path) {
      router.history.push(entry.path);
    }
    entry.run?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === 'ArrowDown') {
      setActive((chosen + 1) % Math.max(1, entries.length));
    } else if (event.key === 'ArrowUp') {
      setActive((chosen - 1 + entries.length) % Math.max(1, entries.length));
    } else if (event.key === 'Enter') {
      open(entries[chosen]);
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <Dialog label="Search or jump to" onClose={onClose} size={640} bare>
      <div className={styles.field}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-activedescendant={entries.length > 0 ? `${id}${chosen}` : undefined}
          aria-label="Search or jump to"
          aria-autocomplete="list"
          placeholder="A page, an experiment, a run by name or id, an action"
          value={text}
          data-autofocus
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        {searching && <span className={styles.searching}>searching</span>}
      </div>
      <div id={`${id}list`} role="listbox" aria-label="Results" className={styles.list}>
        {entries.map((entry, index) => (
          <div
            key={entry.id}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === chosen}
            className={styles.entry}
            onMouseMove={() => setActive(index)}
            onClick={() => open(entry)}
          >
            <Icon name={entry.icon} />
            <bdi className={styles.title}>{entry.title}</bdi>
            <span className={styles.hint}>{entry.hint}</span>
            <span className={styles.section}>{entries[index - 1]?.section === entry.section ? '' : entry.section}</span>
          </div>
        ))}
      </div>
      <p className={styles.none} role="status">
        {entries.length === 0 && !searching ? `Nothing is called “${text}”. Experiments and runs are found by a part of the name, or by the whole id.` : ''}
      </p>
    </Dialog>
  );
}
