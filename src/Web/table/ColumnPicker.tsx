import { Button, Popover } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Icon } from '@/parts/Icon';
import { counted } from '@/parts/format';
import { changed, moved, type Column, type Shown } from './columns';
import styles from './ColumnPicker.module.css';

interface ColumnPickerProps<Row> {
  columns: readonly Column<Row>[];
  shown: readonly Shown[];
  /** undefined goes back to the page's own choice. */
  onShown: (next: readonly Shown[] | undefined) => void;
}

const most = 200;

/** Which columns, in which order, and which stay in view: searchable, since a workspace may have thousands. */
export function ColumnPicker<Row>({ columns, shown, onShown }: ColumnPickerProps<Row>) {
  const [text, setText] = useState('');
  const titles = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const hidden = useMemo(() => {
    const taken = new Set(shown.map(({ id }) => id));
    const wanted = text.trim().toLowerCase();
    return columns.filter(({ id, title }) => !taken.has(id) && (wanted === '' || title.toLowerCase().includes(wanted) || id.toLowerCase().includes(wanted)));
  }, [columns, shown, text]);

  return (
    <Popover position="bottom-end" width={340} trapFocus shadow="md" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button variant="default" size="compact-md" leftSection={<Icon name="columns" />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label="Columns">
        <input
          className={styles.search}
          placeholder="Find a column"
          aria-label="Find a column"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
        <div className={styles.scroll} tabIndex={0} role="group" aria-label="Columns to choose from">
          <h2>Shown</h2>
          <ul>
            {shown.map(({ id, pinned }) => {
              const title = titles.get(id)?.title ?? id;
              return (
                <li key={id}>
                  <label>
                    <input type="checkbox" checked disabled={shown.length === 1} onChange={() => onShown(changed(shown, id, 'hide'))} />
                    <bdi>{title}</bdi>
                  </label>
                  <button type="button" aria-label={`Move ${title} left`} title="Move left" onClick={() => onShown(moved(shown, id, -1))}>
                    <Icon name="up" size={14} />
                  </button>
                  <button type="button" aria-label={`Move ${title} right`} title="Move right" onClick={() => onShown(moved(shown, id, 1))}>
                    <Icon name="down" size={14} />
                  </button>
                  <button
                    type="button"
                    aria-label={`Keep ${title} in view`}
                    title="Keep in view"
                    aria-pressed={pinned === true}
                    onClick={() => onShown(changed(shown, id, { pinned: pinned !== true }))}
                  >
                    <Icon name="pin" size={14} />
                  </button>
                </li>
              );
            })}
          </ul>
          <h2>{hidden.length === 0 ? 'No other column fits' : counted('other column', hidden.length)}</h2>
          <ul>
            {hidden.slice(0, most).map(({ id, title, group }) => (
              <li key={id}>
                <label>
                  <input type="checkbox" checked={false} onChange={() => onShown(changed(shown, id, {}))} />
                  <bdi>{title}</bdi>
                  <span>{group}</span>
                </label>
              </li>
            ))}
          </ul>
          {hidden.length > most && <p>{counted('more column', hidden.length - most)}: type a part of the name.</p>}
        </div>
        <Button variant="subtle" size="compact-sm" onClick={() => onShown(undefined)}>
          Back to the usual columns
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
