import { createContext, use, useMemo } from 'react';
import { may, useSession } from '@/api/session';
import type { PageEntry, WebModule } from '@/module';
import { useWorkspace } from './workspace';

export const ModulesContext = createContext<readonly WebModule[]>([]);

/** The modules that the router knows. */
export const useModules = (): readonly WebModule[] => use(ModulesContext);

/** The pages that the signed-in person may open: home, then in the order of the modules. */
export function usePages(): readonly PageEntry[] {
  const modules = useModules();
  const session = useSession();
  const workspace = useWorkspace();
  return useMemo(
    () =>
      modules
        .flatMap(({ pages }) => pages)
        .filter(({ permission }) => !permission || may(session, permission, workspace))
        .sort((a, b) => Number(b.group === 'Home') - Number(a.group === 'Home')),
    [modules, session, workspace],
  );
}
