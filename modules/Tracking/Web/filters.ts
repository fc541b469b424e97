/** A text as a value of the filter grammar: in single quotes, or in double ones when it has single ones; a text with both keeps neither. */
export function quoted(text: string): string {
  if (!text.includes("'")) {
    return `'${text}'`;
  }
  return text.includes('"') ? `'${text.replaceAll("'", '_')}'` : `"${text}"`;
}

/** A filter that finds a name by any part of it, whatever the case. `%` and `_` are wildcards of LIKE and match themselves, too. */
export const nameLike = (field: string, text: string): string => `${field} ILIKE ${quoted(`%${text}%`)}`;

/** Is it the id of a logged model: m- and 32 hex digits? */
export const isModelId = (text: string): boolean => /^m-[0-9a-f]{32}$/i.test(text);

/** Is it the id of a run: 32 hex digits? */
export const isRunId = (text: string): boolean => /^[0-9a-f]{32}$/i.test(text);
