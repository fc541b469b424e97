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

/** `1 of 2`. */
export const signedOf = ({ needs }: Pick<ApprovalRow, 'needs'>): string => `${needs.have} of ${needs.signOffs}`;
