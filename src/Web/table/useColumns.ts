import { useMemo } from 'react';
import { arrange, decodeColumns, encodeColumns, type Column, type Shown } from './columns';

/** The columns to show: those of the address where it names any, else the page's own choice. */
export function useColumns<Row>(
  all: readonly Column<Row>[],
  own: readonly Shown[],
  address: string | undefined,
  change: (cols: string | undefined) => void,
): { shown: readonly Shown[]; set: (next: readonly Shown[] | undefined) => void } {
  const shown = useMemo(() => {
    const known = new Set(all.map(({ id }) => id));
    const wanted = address === undefined ? own : decodeColumns(address);
    const some = arrange(wanted.filter(({ id }) => known.has(id)));
    return some.length > 0 ? some : arrange(own.filter(({ id }) => known.has(id)));
  }, [all, own, address]);
  return { shown, set: (next) => change(next === undefined || next.length === 0 ? undefined : encodeColumns(arrange(next))) };
}
