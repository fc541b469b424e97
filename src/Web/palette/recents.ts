import { useEffect } from 'react';
import type { IconName } from '@/parts/Icon';

/** A page that was open not long ago. */
export interface Recent {
  title: string;
  hint: string;
  icon: IconName;
  path: string;
}

const place = 'slipway-recent';
const kept = 30;

/** The list with one more, newest first and each page once. */
export const withRecent = (list: readonly Recent[], recent: Recent): Recent[] => [recent, ...list.filter(({ path }) => path !== recent.path)].slice(0, kept);

export function recents(): Recent[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(list)
      ? (list as Recent[]).filter(({ path, title }) => typeof path === 'string' && path.startsWith('/') && typeof title === 'string')
      : [];
  } catch {
    return [];
  }
}

/** Forgets every page, as signing out does: the next person must not read their names. */
export const forgetRecents = (): void => localStorage.removeItem(place);

/** Remembers the page that is open; nothing while its title is still unknown. */
export function useRecent(title: string | undefined, hint: string, icon: IconName): void {
  useEffect(() => {
    if (title === undefined) {
      return;
    }
    localStorage.setItem(place, JSON.stringify(withRecent(recents(), { title, hint, icon, path: location.pathname })));
  }, [title, hint, icon]);
}
