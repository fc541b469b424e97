const dayMs = 86_400_000;

const local = (atMs: number): string => {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
};

/** The day so many days later where the reader is, as a date field writes it: `2027-02-19`. */
export const dayAfter = (fromMs: number, days: number): string => local(fromMs + days * dayMs);

/** The last millisecond of a day where the reader is, as Unix ms. */
export function endOfDay(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).getTime() - 1;
}
