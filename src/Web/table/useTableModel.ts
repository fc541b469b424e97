import {
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Column, Shown } from './columns';

const features = tableFeatures({ columnPinningFeature, columnResizingFeature, columnSizingFeature, rowSelectionFeature });

export type Features = typeof features;

interface TableModelOptions<Row> {
  columns: readonly Column<Row>[];
  shown: readonly Shown[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  selected: readonly string[];
  onSelected: (ids: string[]) => void;
  onResized: (id: string, width: number) => void;
}

/** Sizes, pins and selection over the columns that are shown. On narrow screens nothing is pinned: a pinned name would leave no room. */
export function useTableModel<Row extends object>({ columns, shown, rows, rowId, selected, onSelected, onResized }: TableModelOptions<Row>) {
  const narrow = useMediaQuery('(max-width: 700px)', false, { getInitialValueInEffect: false });
  const defs = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    return shown.flatMap(({ id }): ColumnDef<Features, Row>[] => {
      const column = byId.get(id);
      return column
        ? [
            {
              id,
              header: column.title,
              accessorFn: column.text,
              size: narrow ? Math.min(column.width ?? 110, 190) : (column.width ?? 110),
              minSize: 48,
              maxSize: 1_200,
            },
          ]
        : [];
    });
  }, [columns, shown, narrow]);
  const start = useMemo(() => (narrow ? [] : shown.filter(({ pinned }) => pinned).map(({ id }) => id)), [shown, narrow]);
  const columnSizing = useMemo(() => Object.fromEntries(shown.flatMap(({ id, width }) => (width === undefined ? [] : [[id, width]]))), [shown]);
  const columnPinning = useMemo(() => ({ start, end: [] }), [start]);
  const rowSelection = useMemo(() => Object.fromEntries(selected.map((id) => [id, true as const])), [selected]);
  const data = useMemo(() => [...rows], [rows]);

  return useTable({
    features,
    columns: defs,
    data,
    getRowId: rowId,
    columnResizeMode: 'onEnd',
    state: { columnSizing, columnPinning, rowSelection },
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(rowSelection) : update;
      onSelected(Object.keys(next).filter((id) => next[id]));
    },
    onColumnSizingChange: (update) => {
      const next = typeof update === 'function' ? update(columnSizing) : update;
      for (const [id, width] of Object.entries(next)) {
        if (columnSizing[id] !== width) {
          onResized(id, width);
        }
      }
    },
  });
}
