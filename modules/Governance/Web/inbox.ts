import type { ApprovalRow, Stage } from './queries';

/** What the inbox can show, in the order of its choices. */
export const views: readonly { state: Stage | undefined; title: string }[] = [
  { state: 'requested', title: 'Waiting' },
  { state: 'granted', title: 'Granted' },
  { state: 'refused', title: 'Refused' },
  { state: 'voided', title: 'Voided' },
  { state: 'expired', title: 'Expired' },
  { state: 'withdrawn', title: 'Withdrawn' },
  { state: undefined, title: 'All' },
];

/** The state that an address names: `all` is every state, nothing is what waits. */
export function stateOf(text: string | undefined): Stage | undefined {
  return text === 'all' ? undefined : (views.find(({ state }) => state !== undefined && state === text)?.state ?? 'requested');
}

/** Does it wait for the reader: to be signed, or to be decided because something stands against it? */
export const isMine = ({ maySign, mayDecide }: Pick<ApprovalRow, 'maySign' | 'mayDecide'>): boolean => maySign || mayDecide;

/** What waits for me first, and of that what can be signed; otherwise as they came, newest first. */
export const mineFirst = (rows: readonly ApprovalRow[]): ApprovalRow[] =>
  [...rows].sort((a, b) => Number(isMine(b)) - Number(isMine(a)) || Number(b.maySign) - Number(a.maySign));

/**
 * What is shown, and how many newer ones wait. Ids grow with time, so the newest that was shown tells them apart.
 * @param until the newest id that was shown; undefined: everything is shown
 */
export function settle<Row extends { id: string }>(rows: readonly Row[], until: string | undefined): { shown: Row[]; waiting: number; newest: string | undefined } {
  const shown = rows.filter(({ id }) => until === undefined || id <= until);
  const newest = rows.reduce<string | undefined>((last, { id }) => (last === undefined || id > last ? id : last), undefined);
  return { shown, waiting: rows.length - shown.length, newest };
}

/** `1 of 2`. */
export const signedOf = ({ needs }: Pick<ApprovalRow, 'needs'>): string => `${needs.have} of ${needs.signOffs}`;
