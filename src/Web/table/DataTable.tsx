import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useKeys } from '@/keys/useKeys';
import { changed, type Column, type Shown } from './columns';
import styles from './DataTable.module.css';
import { HeaderCell } from './HeaderCell';
import { TableRow } from './TableRow';
import { useTableModel } from './useTableModel';

export interface DataTableProps<Row extends object> {
  /** What the rows are: `Runs`. */
  label: string;
  columns: readonly Column<Row>[];
  shown: readonly Shown[];
  onShown: (next: readonly Shown[]) => void;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Where a row leads; Enter and `o` go there. */
  href?: (row: Row) => string;
  /** What Enter and `o` do instead of leading somewhere. */
  onOpen?: (row: Row) => void;
  sort?: string;
  onSort: (column: string, figure: boolean) => void;
  selected?: readonly string[];
  onSelected?: (ids: string[]) => void;
  /** More rows can be had from the server. */
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

const none: readonly string[] = [];

/** Rows and columns by the thousand: only what is in view is in the document; sorting, filtering and paging are the server's. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, columns, shown, rows, rowId, href, onOpen, selected = none, onSelected, hasMore, loadMore, loadingMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const router = useRouter();
  const id = useId();
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const table = useTableModel({
    columns,
    shown,
    rows,
    rowId,
    selected,
    onSelected: onSelected ?? (() => undefined),
    onResized: (column, width) => props.onShown(changed(shown, column, { width })),
  });
  const model = table.getRowModel().rows;
  const pinned = table.getStartLeafHeaders();
  const center = table.getCenterLeafHeaders();
  const pinnedWidth = table.getStartTotalSize() + (onSelected ? 36 : 0);

  const down = useVirtualizer({ count: model.length, getScrollElement: () => scroller.current, estimateSize: () => 32, overscan: 8 });
  const across = useVirtualizer({
    horizontal: true,
    count: center.length,
    getScrollElement: () => scroller.current,
    overscan: 4,
    estimateSize: (at) => center[at]?.getSize() ?? 110,
    scrollPaddingStart: pinnedWidth,
  });
  const widths = [...pinned, ...center].map((header) => header.getSize()).join();
  useEffect(() => across.measure(), [across, widths]);

  const visibleRows = down.getVirtualItems();
  const visibleColumns = across.getVirtualItems();
  const last = visibleRows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && last >= rows.length - 15) {
      loadMore();
    }
  }, [hasMore, loadingMore, last, rows.length, loadMore]);

  const go = (to: number) => {
    const next = Math.max(0, Math.min(model.length - 1, to));
    setActive(next);
    down.scrollToIndex(next);
    scroller.current?.focus({ preventScroll: true });
  };
  const open = () => {
    const row = model[active]?.original;
    if (!row) {
      return;
    }
    if (onOpen) {
      onOpen(row);
    } else if (href) {
      router.history.push(href(row));
    }
  };
  useKeys([
    { keys: 'j', label: 'Next row', run: () => go(active + 1) },
    { keys: 'k', label: 'Previous row', run: () => go(active - 1) },
    { keys: 'o', label: 'Open the row (or Enter)', run: open },
    ...(onSelected ? [{ keys: 'x', label: 'Select the row', run: () => model[active]?.toggleSelected() }] : []),
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current) {
      return;
    }
    const page = Math.floor((scroller.current.clientHeight - 64) / 32);
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: model.length - 1 }[event.key];
    if (to !== undefined) {
      go(to);
    } else if (event.key === 'Enter') {
      open();
    } else {
      return;
    }
    event.preventDefault();
  };

  const before = visibleColumns[0]?.start ?? 0;
  const after = across.getTotalSize() - (visibleColumns.at(-1)?.end ?? 0);
  const from = visibleColumns[0]?.index ?? 0;
  const to = (visibleColumns.at(-1)?.index ?? -1) + 1;
  const windowed = useMemo(() => center.slice(from, to), [center, from, to]);
  const select = useCallback((rowId: string) => table.getRow(rowId).toggleSelected(), [table]);
  const width = table.getTotalSize() + (onSelected ? 36 : 0);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-colcount={shown.length + (onSelected ? 1 : 0)}
      aria-activedescendant={active >= 0 && model[active] ? `${id}${model[active].id}` : undefined}
      aria-multiselectable={onSelected ? true : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head} role="rowgroup" style={{ minWidth: width }}>
        <div role="row" aria-rowindex={1} className={styles.headRow}>
          {onSelected && (
            <div role="columnheader" className={styles.tick} aria-colindex={1}>
              <input
                type="checkbox"
                aria-label="Select all loaded rows"
                checked={table.getIsAllRowsSelected()}
                onChange={table.getToggleAllRowsSelectedHandler()}
              />
            </div>
          )}
          {[...pinned, null, ...windowed].map((header) =>
            header === null ? (
              <div key="before" role="presentation" style={{ width: before, flex: 'none' }} />
            ) : (
              <HeaderCell
                key={header.id}
                header={header}
                column={byId.get(header.column.id)}
                sort={props.sort}
                onSort={props.onSort}
                offset={onSelected ? 36 : 0}
                at={shown.findIndex((column) => column.id === header.column.id) + (onSelected ? 2 : 1)}
                onWidth={(wide) => props.onShown(changed(shown, header.column.id, { width: wide }))}
              />
            ),
          )}
          <div role="presentation" style={{ width: Math.max(0, after), flex: 'none' }} />
        </div>
      </div>
      <div
        role="rowgroup"
        className={styles.body}
        style={{ height: down.getTotalSize(), minWidth: width }}
        onClick={(event) => {
          // Rows that are no links open by the pointer, too; pressing it has made the row the active one.
          if (onOpen && !(event.target as Element).closest('a, button, input')) {
            open();
          }
        }}
      >
        {visibleRows.map(({ index, start }) => {
          const row = model[index];
          return (
            row && (
              <TableRow
                key={row.id}
                domId={`${id}${row.id}`}
                id={row.id}
                row={row.original}
                top={start}
                index={index}
                active={index === active}
                selected={onSelected ? row.getIsSelected() : undefined}
                onSelect={select}
                widths={widths}
                onActive={setActive}
                byId={byId}
                before={before}
                pinned={pinned}
                windowed={windowed}
                shown={shown}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
