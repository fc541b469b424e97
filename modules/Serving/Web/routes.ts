import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { tableSearch, type TableSearch } from '@/table/search';
import { find } from './find';
import { waiting } from './needs';
import { endpointsPath } from './queries';
import { tell } from './tell';

export const endpointsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/endpoints',
  validateSearch: (search: Record<string, unknown>): TableSearch => tableSearch(search),
  component: lazyRouteComponent(() => import('./EndpointsPage'), 'EndpointsPage'),
});

export const endpointRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/endpoints/$name',
  component: lazyRouteComponent(() => import('./EndpointPage'), 'EndpointPage'),
});

export const servingRoutes = [endpointsRoute, endpointRoute] as const;

export const serving: WebModule = {
  pages: [
    {
      id: 'endpoints',
      title: 'Endpoints',
      icon: 'endpoints',
      group: 'Operate',
      path: endpointsPath,
      key: 'o',
      words: 'serving, deployments, canary, rollout, kill switch, predictions',
    },
  ],
  find,
  needs: waiting,
  tell,
};
