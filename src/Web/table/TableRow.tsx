import type { Header } from '@tanstack/react-table';
import { memo } from 'react';
import type { Column, Shown } from './columns';
import styles from './DataTable.module.css';
import type { Features } from './useTableModel';

interface TableRowProps<Row extends object> {
  /** In the document, for the focus. */
  domId: string;
  id: string;
  row: Row;
  top: number;
  index: number;
  active: boolean;
  /** undefined when rows cannot be selected. */
  selected: boolean | undefined;
  onSelect: (id: string) => void;
  onActive: (index: number) => void;
  byId: ReadonlyMap<string, Column<Row>>;
  /** Width of the columns left of the window, in pixels. */
  before: number;
  pinned: readonly Header<Features, Row, unknown>[];
  windowed: readonly Header<Features, Row, unknown>[];
  shown: readonly Shown[];
  /** Widths of all columns as text: a change is a reason to draw again, which headers do not show. */
  widths: string;
}

function DrawnRow<Row extends object>({
  domId,
  id,
  row,
  top,
  index,
  active,
  selected,
  onSelect,
  onActive,
  byId,
  before,
  pinned,
  windowed,
  shown,
}: TableRowProps<Row>) {
  const ticks = selected !== undefined;
  const cell = (header: Header<Features, Row, unknown>, stuck: boolean) => {
    const column = byId.get(header.column.id);
    return (
      <div
        key={header.id}
        role="gridcell"
        aria-colindex={shown.findIndex((other) => other.id === header.column.id) + (ticks ? 2 : 1)}
        className={styles.cell}
        data-figure={column?.figure || undefined}
        data-pinned={stuck || undefined}
        style={{ width: header.getSize(), left: stuck ? header.getStart('start') + (ticks ? 36 : 0) : undefined }}
      >
        {column?.cell(row)}
      </div>
    );
  };
  return (
    <div
      role="row"
      id={domId}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active || undefined}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      onMouseDown={() => onActive(index)}
    >
      {ticks && (
        <div role="gridcell" aria-colindex={1} className={styles.tick}>
          <input type="checkbox" tabIndex={-1} aria-label="Select row" checked={selected} onChange={() => onSelect(id)} />
        </div>
      )}
      {pinned.map((header) => cell(header, true))}
      <div role="presentation" style={{ width: before, flex: 'none' }} />
      {windowed.map((header) => cell(header, false))}
    </div>
  );
}

/** One row, drawn again only when something of its own changes: moving through the table must not cost a table. */
export const TableRow = memo(DrawnRow) as typeof DrawnRow;
