import type { Header } from '@tanstack/react-table';
import type { KeyboardEvent } from 'react';
import { Icon } from '@/parts/Icon';
import type { Column } from './columns';
import styles from './DataTable.module.css';
import type { Features } from './useTableModel';

interface HeaderCellProps<Row extends object> {
  header: Header<Features, Row, unknown>;
  column: Column<Row> | undefined;
  sort: string | undefined;
  onSort: (column: string, figure: boolean) => void;
  onWidth: (width: number) => void;
  /** Room that the tick boxes take before the first pinned column, in pixels. */
  offset: number;
  /** Place among all columns, from 1. */
  at: number;
}

/** A heading: sorts where the server can; its right edge, or Shift and an arrow key, changes the width. */
export function HeaderCell<Row extends object>({ header, column, sort, onSort, onWidth, offset, at }: HeaderCellProps<Row>) {
  const { id } = header.column;
  const width = header.getSize();
  const pinned = header.column.getIsPinned() === 'start';
  const direction = sort === id ? 'ascending' : sort === `-${id}` ? 'descending' : undefined;
  const resize = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
    if (by !== 0) {
      event.preventDefault();
      onWidth(Math.max(48, Math.min(1_200, width + by)));
    }
  };
  return (
    <div
      role="columnheader"
      aria-colindex={at}
      aria-sort={direction}
      className={styles.heading}
      data-figure={column?.figure || undefined}
      data-pinned={pinned || undefined}
      style={{ width, left: pinned ? header.getStart('start') + offset : undefined }}
    >
      {column?.sortable ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() => onSort(id, column.figure === true)}
          onKeyDown={(event) => event.shiftKey && resize(event)}
          aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
          title={`${column.title}: sort; Shift and arrow keys change the width`}
        >
          <bdi>{column.title}</bdi>
          {direction && <Icon name={direction === 'ascending' ? 'up' : 'down'} size={12} />}
        </button>
      ) : (
        <span className={styles.sort} title={column?.title}>
          <bdi>{column?.title}</bdi>
        </span>
      )}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${column?.title ?? id}`}
        aria-valuenow={width}
        aria-valuemin={48}
        aria-valuemax={1_200}
        tabIndex={column?.sortable ? -1 : 0}
        className={styles.edge}
        data-busy={header.column.getIsResizing() || undefined}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onKeyDown={resize}
      />
    </div>
  );
}
