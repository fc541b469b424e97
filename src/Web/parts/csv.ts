/** One cell of a CSV: quoted where needed; text that a spreadsheet would run as a formula gets an apostrophe, numbers stay numbers. */
export function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  const text = String(value);
  const harmless = typeof value === 'number' || !/^[=+\-@\t\r]/.test(text) || /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  const safe = harmless ? text : `'${text}`;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180: comma, CRLF. */
export const csv = (rows: readonly (readonly (string | number | null | undefined)[])[]): string => rows.map((row) => row.map(cell).join(',') + '\r\n').join('');

/** Hands a file to the person. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
