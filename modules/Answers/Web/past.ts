import { exact } from '@/parts/format';
import type { Moment } from './queries';

/** Short words for the four questions; the whole question stands below. */
export const titles: Readonly<Record<number, string>> = {
  1: 'Doing and where',
  2: 'Trained on, still true',
  3: 'Approved, owned, changed',
  4: 'Safe, fair, in policy; else?',
};

/** `position:57` or `position:57@1763729643000` → 57; a time has none. */
export function positionOf(asOf: string): number | undefined {
  const found = /^position:(\d+)(?:@\d+)?$/.exec(asOf);
  return found ? Number(found[1]) : undefined;
}

/**
 * Where the slider stands: a place in the moments, or their number for now.
 * @param moments oldest first
 * @param atMs the time that was answered for, when the moment was given as a time
 */
export function placeOf(moments: readonly Pick<Moment, 'position' | 'atMs'>[], asOf: string | undefined, atMs?: number): number {
  if (asOf === undefined) {
    return moments.length;
  }
  const position = positionOf(asOf);
  const last = moments.findLastIndex((moment) => (position === undefined ? atMs !== undefined && moment.atMs <= atMs : moment.position <= position));
  return Math.max(0, last);
}

/** What a place of the slider asks for; undefined is now. */
export const asOfPlace = (moments: readonly Pick<Moment, 'position'>[], place: number): string | undefined =>
  moments[place] && `position:${moments[place].position}`;

/** The place in words, for those who hear it. */
export const told = (moments: readonly Pick<Moment, 'atMs' | 'what'>[], place: number): string =>
  moments[place] ? `${exact(moments[place].atMs)}: ${moments[place].what}` : 'now';
