import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useKeys } from '@/keys/useKeys';
import { Icon } from '@/parts/Icon';
import { complete, type FilterField as Field } from './complete';
import styles from './FilterField.module.css';

interface FilterFieldProps {
  value: string;
  fields: readonly Field[];
  placeholder: string;
  /** Why the server refused the filter. */
  fault?: string;
  onApply: (filter: string | undefined) => void;
}

/** A filter as text, with completion; Enter asks the server, Esc takes the change back. */
export function FilterField({ value, fields, placeholder, fault, onApply }: FilterFieldProps) {
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { from, items } = complete(text, caret, fields);
  const shown = open && items.length > 0;

  useEffect(() => setText(value), [value]);
  useKeys([{ keys: '/', label: 'Filter', run: () => input.current?.focus() }]);

  const take = (at: number) => {
    const item = items[at];
    if (!item) {
      return;
    }
    const next = text.slice(0, from) + item.text + text.slice(caret).trimStart();
    const position = from + item.text.length;
    setText(next);
    setCaret(position);
    setActive(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(position, position));
  };
  const apply = () => {
    setOpen(false);
    onApply(text.trim() === '' ? undefined : text.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' && items.length > 0) {
      setOpen(true);
      setActive((active + 1) % items.length);
    } else if (event.key === 'ArrowUp' && shown) {
      setActive((active - 1 + items.length) % items.length);
    } else if (event.key === 'Tab' && shown && active >= 0) {
      take(active);
    } else if (event.key === 'Enter') {
      if (shown && active >= 0) {
        take(active);
      } else {
        apply();
      }
    } else if (event.key === 'Escape') {
      if (shown) {
        setOpen(false);
      } else {
        setText(value);
        input.current?.blur();
      }
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div className={styles.filter}>
      <div className={styles.box} data-fault={fault ? true : undefined}>
        <Icon name="search" size={14} />
        <input
          ref={input}
          role="combobox"
          aria-label="Filter"
          aria-expanded={shown}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? `${id}fault` : undefined}
          aria-activedescendant={shown && active >= 0 ? `${id}${active}` : undefined}
          value={text}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.currentTarget.value);
            setCaret(event.currentTarget.selectionStart ?? 0);
            setOpen(true);
            setActive(-1);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        {text !== value && (
          <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={apply}>
            Apply ⏎
          </button>
        )}
        {text === value && value !== '' && (
          <button type="button" aria-label="Clear the filter" title="Clear the filter" onClick={() => onApply(undefined)}>
            <Icon name="close" size={14} />
          </button>
        )}
      </div>
      <div id={`${id}list`} role="listbox" aria-label="Ways to go on" tabIndex={-1} className={styles.list} hidden={!shown}>
        {items.map((item, at) => (
          <div
            key={item.text}
            id={`${id}${at}`}
            role="option"
            aria-selected={at === active}
            onMouseDown={(event) => {
              event.preventDefault();
              take(at);
            }}
          >
            <bdi>{item.text}</bdi>
            <span>{item.kind}</span>
          </div>
        ))}
      </div>
      {fault && (
        <p id={`${id}fault`} role="alert" className={styles.fault}>
          {fault}
        </p>
      )}
    </div>
  );
}
