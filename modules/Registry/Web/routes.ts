import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { tableSearch, type TableSearch } from '@/table/search';
import { find } from './find';
import { mlflowLink } from './mlflowLink';
import { modelsPath } from './queries';
import { tell } from './tell';

export const modelsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models',
  validateSearch: (search: Record<string, unknown>): TableSearch => tableSearch(search),
  component: lazyRouteComponent(() => import('./ModelsPage'), 'ModelsPage'),
});

/** The moment that panels show which look back; absent: now. */
export interface ModelSearch {
  asOf?: string;
}

export const modelRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models/$name',
  validateSearch: (search: Record<string, unknown>): ModelSearch => ({ asOf: typeof search.asOf === 'string' && search.asOf !== '' ? search.asOf : undefined }),
  component: lazyRouteComponent(() => import('./ModelPage'), 'ModelPage'),
});

/** With which version it is compared; absent: the one before. */
export interface VersionSearch {
  against?: number;
}

export const versionRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/models/$name/versions/$version',
  validateSearch: (search: Record<string, unknown>): VersionSearch => ({
    against: /^[1-9]\d{0,9}$/.test(String(search.against)) ? Number(search.against) : undefined,
  }),
  component: lazyRouteComponent(() => import('./VersionPage'), 'VersionPage'),
});

export const registryRoutes = [modelsRoute, modelRoute, versionRoute] as const;

export const registry: WebModule = {
  pages: [
    {
      id: 'models',
      title: 'Models',
      icon: 'models',
      group: 'Build',
      path: modelsPath,
      key: 'm',
      words: 'registry, versions, aliases, card',
      bar: true,
    },
  ],
  find,
  tell,
  moved: mlflowLink,
};
