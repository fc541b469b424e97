import type { ReactNode } from 'react';

/** A column that a table can show. */
export interface Column<Row> {
  /** Stable; also its name in the address. */
  id: string;
  title: string;
  /** Heading in the column picker: `Metrics`. */
  group?: string;
  /** Width in CSS pixels when nobody has changed it. */
  width?: number;
  /** Figures stand right. */
  figure?: boolean;
  /** Can the server sort by it? */
  sortable?: boolean;
  cell: (row: Row) => ReactNode;
  /** For CSV, unformatted. */
  text: (row: Row) => string | number | null | undefined;
}

/** A column as it is shown. */
export interface Shown {
  id: string;
  width?: number;
  pinned?: boolean;
}

const escape = (id: string): string => encodeURIComponent(id).replaceAll('~', '%7E').replaceAll('!', '%21');

/** `name!~260,started,metrics.loss`: `!` is pinned, `~` is the width. */
export const encodeColumns = (shown: readonly Shown[]): string =>
  shown.map(({ id, width, pinned }) => `${escape(id)}${pinned ? '!' : ''}${width === undefined ? '' : `~${Math.round(width)}`}`).join(',');

/** Reads what `encodeColumns` wrote; parts that are no column are left out. */
export function decodeColumns(text: string): Shown[] {
  return text.split(',').flatMap((part): Shown[] => {
    const found = /^([^~!]+)(!?)(?:~(\d{2,4}))?$/.exec(part);
    if (!found?.[1]) {
      return [];
    }
    try {
      const width = found[3] === undefined ? undefined : Math.min(1_200, Math.max(48, Number(found[3])));
      return [{ id: decodeURIComponent(found[1]), ...(found[2] ? { pinned: true } : {}), ...(width === undefined ? {} : { width }) }];
    } catch {
      return [];
    }
  });
}

/** Pinned ones first, each once; everything else keeps its order. */
export function arrange(shown: readonly Shown[]): Shown[] {
  const once = shown.filter(({ id }, at) => shown.findIndex((other) => other.id === id) === at);
  return [...once.filter(({ pinned }) => pinned), ...once.filter(({ pinned }) => !pinned)];
}

/** The list with the column moved by so many places, within its own part (pinned or not). */
export function moved(shown: readonly Shown[], id: string, by: number): Shown[] {
  const from = shown.findIndex((column) => column.id === id);
  const to = from + by;
  const column = shown[from];
  if (!column || to < 0 || to >= shown.length || Boolean(shown[to]?.pinned) !== Boolean(column.pinned)) {
    return [...shown];
  }
  const rest = shown.filter((_, at) => at !== from);
  return [...rest.slice(0, to), column, ...rest.slice(to)];
}

/** The list with a change to one column; a column that is not shown is added at the end. */
export function changed(shown: readonly Shown[], id: string, change: Partial<Shown> | 'hide'): Shown[] {
  if (change === 'hide') {
    return shown.filter((column) => column.id !== id);
  }
  const known = shown.some((column) => column.id === id);
  return arrange(known ? shown.map((column) => (column.id === id ? { ...column, ...change } : column)) : [...shown, { id, ...change }]);
}
