const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `1536` → `1.5 KiB`; an unknown size is said to be unknown. */
export function bytes(size: number | null | undefined): string {
  if (size === null || size === undefined) {
    return 'unknown';
  }
  let amount = size;
  let unit = 0;
  while (amount >= 1024 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? amount : amount.toFixed(amount < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Six significant digits; very large and very small ones in scientific notation; a missing value is `NaN`, as it was logged. */
export function figure(value: number | null | undefined): string {
  if (value === undefined) {
    return '–';
  }
  if (value === null || Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '−∞';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return value.toExponential(3).replace(/\.?0+e/, 'e').replaceAll('-', '−');
  }
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

/** `12345` → `12,345`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `01a201a250f1700090d0032039921cc4` → `…39921cc4`: ids begin with the time, so those that were made together begin alike. Short ones stay whole. */
export const idEnd = (id: string): string => (id.length > 12 ? `…${id.slice(-8)}` : id);

/** `one('run', 3)` → `3 runs`. */
export const counted = (noun: string, amount: number): string => `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;

/** How long something took or has taken: `420 ms`, `12.3 s`, `4 min 5 s`, `3 h 2 min`, `2 d 4 h`. */
export function duration(ms: number): string {
  if (ms < 1_000) {
    return `${Math.max(0, Math.round(ms))} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  }
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) {
    return `${minutes} min ${Math.floor(ms / 1_000) % 60} s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const spans = [
  [1_000, 's', 60],
  [60_000, 'min', 60],
  [3_600_000, 'h', 24],
  [86_400_000, 'd', 30],
] as const;

/** `3 min ago`, `in 2 d`, or the date when it is further than 30 days. What is past has lasted so long at least; what comes is rounded, so that a promise of 30 days reads as one. */
export function ago(atMs: number, nowMs: number): string {
  const past = nowMs - atMs;
  const size = Math.abs(past);
  if (size < 5_000) {
    return 'now';
  }
  for (const [ms, unit, most] of spans) {
    const amount = past > 0 ? Math.floor(size / ms) : Math.round(size / ms);
    if (amount < most || (unit === 'd' && amount === most && past < 0)) {
      return past > 0 ? `${amount} ${unit} ago` : `in ${amount} ${unit}`;
    }
  }
  return new Date(atMs).toISOString().slice(0, 10);
}

/** `2026-11-21 08:53:24.120 +01:00`: exact, with the zone of the reader. */
export function exact(atMs: number): string {
  const zone = -new Date(atMs).getTimezoneOffset();
  const local = new Date(atMs + zone * 60_000).toISOString();
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${local.slice(0, 10)} ${local.slice(11, 23)} ${zone < 0 ? '−' : '+'}${two(Math.abs(zone) / 60)}:${two(Math.abs(zone) % 60)}`;
}
