import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { IconName } from '@/parts/Icon';
import { useModules, usePages } from '@/shell/modules';
import { useWorkspace } from '@/shell/workspace';
import { offeredActions } from './actions';
import { best, score } from './rank';
import { recents } from './recents';

export interface Entry {
  id: string;
  section: 'Recent' | 'Go to' | 'Do' | 'Found';
  title: string;
  hint: string;
  icon: IconName;
  path?: string;
  run?: () => void;
}

/** What fits the text: at once from the local index, then whatever the server knows by that name. */
export function useEntries(text: string): { entries: Entry[]; searching: boolean } {
  const pages = usePages();
  const modules = useModules();
  const workspace = useWorkspace();
  const [asked] = useDebouncedValue(text.trim(), 90);

  const found = useQuery({
    queryKey: ['palette', workspace, asked],
    queryFn: async ({ signal }) => {
      // One that finds nothing, or cannot be asked, does not hide what the others found.
      const answers = await Promise.allSettled(modules.map(({ find }) => find?.(workspace, asked, signal) ?? []));
      return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    },
    enabled: asked.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    retry: false,
  });

  const local = useMemo(
    (): Entry[] => [
      ...recents()
        .filter(({ path }) => path !== location.pathname)
        .map((recent): Entry => ({ id: `recent ${recent.path}`, section: 'Recent', ...recent })),
      ...pages.map((page): Entry => ({
        id: `page ${page.id}`,
        section: 'Go to',
        title: page.title,
        hint: page.words ?? '',
        icon: page.icon,
        path: page.path(workspace),
      })),
      ...offeredActions().map((action): Entry => ({ id: `do ${action.id}`, section: 'Do', title: action.title, hint: '', icon: action.icon, run: action.run })),
    ],
    [pages, workspace],
  );

  const entries = useMemo(() => {
    const typed = text.trim();
    const near = best(local, ({ title, hint, section }) => (typed === '' && section === 'Recent' ? 2 : score(typed, title, hint)), typed === '' ? 14 : 10);
    const known = new Set(near.map(({ path }) => path));
    const far =
      typed.length < 2
        ? []
        : (found.data ?? []).filter(({ path }) => !known.has(path)).map((item): Entry => ({ section: 'Found', ...item, id: `found ${item.id}` }));
    return [...near, ...far].sort((a, b) => order.indexOf(a.section) - order.indexOf(b.section));
  }, [local, found.data, text]);

  return { entries, searching: found.isFetching };
}

const order: readonly Entry['section'][] = ['Recent', 'Found', 'Go to', 'Do'];
