/** One way to go on with a filter. */
export interface Completion {
  text: string;
  /** What it is: `metric`, `operator`. */
  kind: string;
}

/** What can be filtered by. */
export interface FilterField {
  /** As written in a filter: `metrics.loss`, `attributes.status`. */
  name: string;
  kind: string;
  /** Values worth offering; text values are offered in quotes. */
  values?: readonly string[];
  /** Compared as a number. */
  figure?: boolean;
}

/** A name as the filter grammar wants it: in backquotes where it is more than a plain word. */
export function fieldName(prefix: string, key: string): string {
  return /^[A-Za-z_][\w]*$/.test(key) ? `${prefix}.${key}` : `${prefix}.\`${key}\``;
}

const operators = { figure: ['>', '>=', '<', '<=', '=', '!='], text: ['=', '!=', 'LIKE', 'ILIKE'] } as const;

/**
 * What may come next at the caret: a field, then an operator, then a value, then `AND`.
 * @returns where the word being typed starts, and what may stand in its place
 */
export function complete(text: string, caret: number, fields: readonly FilterField[], limit = 12): { from: number; items: Completion[] } {
  const left = text.slice(0, caret);
  const clause = left.slice(lastAnd(left));
  const [, lead = '', name = '', gap = '', operator = '', space = '', value = ''] =
    /^(\s*)((?:[\w.]|`[^`]*`?|"[^"]*"?)*)(\s*)(>=|<=|!=|=|>|<|i?like)?(\s*)(.*)$/is.exec(clause) ?? [];
  const field = fields.find((candidate) => candidate.name === name);
  const at = caret - clause.length + lead.length;

  if (operator === '' && (gap === '' || !field)) {
    const typed = name.toLowerCase();
    const items = fields
      .filter((candidate) => candidate.name.toLowerCase().includes(typed) && candidate.name !== name)
      .sort((a, b) => Number(b.name.toLowerCase().startsWith(typed)) - Number(a.name.toLowerCase().startsWith(typed)));
    return { from: at, items: items.slice(0, limit).map((item) => ({ text: `${item.name} `, kind: item.kind })) };
  }
  if (operator === '') {
    return { from: caret, items: operators[field?.figure ? 'figure' : 'text'].map((each) => ({ text: `${each} `, kind: 'operator' })) };
  }
  if (/^('[^']*'|"[^"]*"|-?[\d.]+(e[+-]?\d+)?)\s+\w*$/i.test(value)) {
    const word = /\w*$/.exec(value)?.[0] ?? '';
    return 'AND'.startsWith(word.toUpperCase()) ? { from: caret - word.length, items: [{ text: 'AND ', kind: 'and then' }] } : { from: caret, items: [] };
  }
  const from = at + name.length + gap.length + operator.length + space.length;
  const typed = value.replace(/^['"]/, '').toLowerCase();
  const values = (field?.values ?? []).filter((each) => each.toLowerCase().startsWith(typed) && each.toLowerCase() !== typed.replace(/['"]$/, ''));
  return { from, items: values.slice(0, limit).map((each) => ({ text: `'${each}' `, kind: 'value' })) };
}

/** Where the clause after the last AND outside quotes begins. */
function lastAnd(text: string): number {
  let at = 0;
  const parts = /'[^']*'?|"[^"]*"?|`[^`]*`?|\band\b/gi;
  for (const found of text.matchAll(parts)) {
    if (found[0].toLowerCase() === 'and') {
      at = found.index + 3;
    }
  }
  return at;
}
