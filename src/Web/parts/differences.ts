/** One field of two things that are compared; absent where one of them has none. */
export interface Difference {
  /** What it is a part of: `schema`, `metrics`. */
  section: string;
  field: string;
  from?: string | null;
  to?: string | null;
  /** What it probably means. */
  note?: string | null;
}

export type Kind = 'added' | 'removed' | 'changed' | 'same';

const has = (value: string | null | undefined): value is string => value !== null && value !== undefined;

export function kindOf({ from, to }: Difference): Kind {
  if (has(from) && has(to)) {
    return from === to ? 'same' : 'changed';
  }
  return has(to) ? 'added' : has(from) ? 'removed' : 'same';
}

/** Rows by section, both in the order in which they came. */
export function sections<Row extends Difference>(rows: readonly Row[]): { section: string; rows: Row[] }[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const list = found.get(row.section);
    if (list) {
      list.push(row);
    } else {
      found.set(row.section, [row]);
    }
  }
  return [...found].map(([section, list]) => ({ section, rows: list }));
}

/** By how much a figure changed, such as `+0.012`; nothing where one of them is no figure. */
export function delta({ from, to }: Difference): string | undefined {
  const [before, after] = [figureOf(from), figureOf(to)];
  if (before === undefined || after === undefined || before === after) {
    return undefined;
  }
  const by = Number((after - before).toPrecision(4));
  return `${by > 0 ? '+' : '−'}${Math.abs(by)}`;
}

const figureOf = (text: string | null | undefined): number | undefined =>
  has(text) && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;

/** `3 changed, 1 added`. */
export function summary(rows: readonly Difference[]): string {
  const order: readonly Kind[] = ['changed', 'added', 'removed'];
  const said = order.flatMap((kind) => {
    const amount = rows.filter((row) => kindOf(row) === kind).length;
    return amount > 0 ? [`${amount} ${kind}`] : [];
  });
  return said.length === 0 ? 'nothing differs' : said.join(', ');
}
