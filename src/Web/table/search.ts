/** What of a table is in the address: the same link shows the same table. */
export interface TableSearch {
  /** `name` upwards, `-name` downwards. */
  sort?: string;
  filter?: string;
  /** Columns in order, as `encodeColumns` writes them; absent for the page's own choice. */
  cols?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const tableSearch = (search: Record<string, unknown>): TableSearch => ({
  sort: text(search.sort),
  filter: text(search.filter),
  cols: text(search.cols),
});

/** Sorting after a click on a heading: downwards first for figures, upwards for words, then the other way, then the page's own order. */
export function nextSort(sort: string | undefined, column: string, downFirst: boolean): string | undefined {
  const up = column;
  const down = `-${column}`;
  const [first, second] = downFirst ? [down, up] : [up, down];
  return sort === first ? second : sort === second ? undefined : first;
}
