import type { Difference } from '@/parts/differences';
import type { Approval, Change } from './queries';

/** `inventory.purpose` is the field `purpose` of the part `inventory`; what has no part belongs to the version. */
export function differenceOf({ field, from, to }: Change): Difference {
  const at = field.indexOf('.');
  return { section: at > 0 ? field.slice(0, at) : 'version', field: at > 0 ? field.slice(at + 1) : field, from: from ?? null, to: to ?? null };
}

/** What differs between two readings of the same approval, in the order of names. */
export function between(before: Pick<Approval, 'bound'>, after: Pick<Approval, 'bound'>): Change[] {
  const was = new Map(before.bound.map(({ field, value }) => [field, value]));
  const is = new Map(after.bound.map(({ field, value }) => [field, value]));
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .filter((field) => was.get(field) !== is.get(field))
    .map((field) => ({ field, from: was.get(field), to: is.get(field) }));
}
