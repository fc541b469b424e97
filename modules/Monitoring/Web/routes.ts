import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { tableSearch, type TableSearch } from '@/table/search';
import { find } from './find';
import { waiting } from './needs';
import { monitorsPath } from './queries';
import { tell } from './tell';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const monitorsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/monitors',
  validateSearch: (search: Record<string, unknown>): TableSearch => tableSearch(search),
  component: lazyRouteComponent(() => import('./MonitorsPage'), 'MonitorsPage'),
});

/** What is looked at; absent: what a person should look at first. */
export interface MonitorSearch {
  /** Id of a deployment. */
  deployment?: string;
  /** Id of one of its windows. */
  window?: string;
  feature?: string;
}

export const monitorRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/monitors/$endpoint',
  validateSearch: (search: Record<string, unknown>): MonitorSearch => ({
    deployment: text(search.deployment),
    window: text(search.window),
    feature: text(search.feature),
  }),
  component: lazyRouteComponent(() => import('./MonitorPage'), 'MonitorPage'),
});

export const monitoringRoutes = [monitorsRoute, monitorRoute] as const;

export const monitoring: WebModule = {
  pages: [
    {
      id: 'monitors',
      title: 'Monitors',
      icon: 'monitors',
      group: 'Operate',
      path: monitorsPath,
      key: 'w',
      words: 'drift, PSI, alerts, envelope, labels, performance, retraining, watch',
    },
  ],
  find,
  needs: waiting,
  tell,
};
