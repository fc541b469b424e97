import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tableSearch, type TableSearch } from '@/table/search';
import { workspaceRoute } from '@/routes';
import type { WebModule } from '@/module';
import { find } from './find';
import { mlflowLink } from './mlflowLink';
import { failedRuns } from './needs';
import type { TrashKind } from './trash';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const homeRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./HomePage'), 'HomePage'),
});

/** What the address of the experiments page holds, beside the table's state. */
export interface ExperimentsSearch extends TableSearch {
  /** Only experiments whose names begin with it and a slash. */
  folder?: string;
}

export const experimentsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/experiments',
  validateSearch: (search: Record<string, unknown>): ExperimentsSearch => ({ ...tableSearch(search), folder: text(search.folder) }),
  component: lazyRouteComponent(() => import('./ExperimentsPage'), 'ExperimentsPage'),
});

/** What the address of the runs page holds, beside the table's state. */
export interface RunsSearch extends TableSearch {
  experiment?: string;
}

export const runsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/runs',
  validateSearch: (search: Record<string, unknown>): RunsSearch => ({ ...tableSearch(search), experiment: text(search.experiment) }),
  component: lazyRouteComponent(() => import('./RunsPage'), 'RunsPage'),
});

/** What the address of the logged models holds, beside the table's state. */
export interface LoggedModelsSearch extends TableSearch {
  experiment?: string;
  /** The model whose details are open. */
  model?: string;
}

export const loggedModelsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/logged-models',
  validateSearch: (search: Record<string, unknown>): LoggedModelsSearch => ({
    ...tableSearch(search),
    experiment: text(search.experiment),
    model: text(search.model),
  }),
  component: lazyRouteComponent(() => import('./LoggedModelsPage'), 'LoggedModelsPage'),
});

/** How the charts of a run are drawn, and the artifact folder that is open. */
export interface RunSearch {
  x?: 'step' | 'time' | 'relative';
  log?: boolean;
  smooth?: number;
  /** Shows only metrics whose name has this in it. */
  metrics?: string;
  path?: string;
}

export const runRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/runs/$runId',
  validateSearch: (search: Record<string, unknown>): RunSearch => ({
    x: search.x === 'time' || search.x === 'relative' ? search.x : undefined,
    log: search.log === '1' || search.log === true || undefined,
    smooth: Number(search.smooth) > 0 && Number(search.smooth) < 1 ? Number(search.smooth) : undefined,
    metrics: text(search.metrics),
    path: text(search.path),
  }),
  component: lazyRouteComponent(() => import('./RunPage'), 'RunPage'),
});

export const trashRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/trash',
  validateSearch: (search: Record<string, unknown>): { kind?: TrashKind } => ({
    kind: search.kind === 'experiment' || search.kind === 'loggedModel' ? search.kind : undefined,
  }),
  component: lazyRouteComponent(() => import('./TrashPage'), 'TrashPage'),
});

export const trackingRoutes = [homeRoute, experimentsRoute, runsRoute, runRoute, loggedModelsRoute, trashRoute] as const;

export const tracking: WebModule = {
  pages: [
    {
      id: 'home',
      title: 'Home',
      icon: 'home',
      group: 'Home',
      path: (workspace) => `/w/${workspace}`,
      key: 'h',
      words: 'what needs me, what runs, what changed',
      bar: true,
    },
    {
      id: 'experiments',
      title: 'Experiments',
      icon: 'experiments',
      group: 'Build',
      path: (workspace) => `/w/${workspace}/experiments`,
      also: (workspace) => `/w/${workspace}/logged-models`,
      key: 'e',
      words: 'groups of runs',
    },
    {
      id: 'runs',
      title: 'Runs',
      icon: 'runs',
      group: 'Build',
      path: (workspace) => `/w/${workspace}/runs`,
      key: 'r',
      words: 'metrics, parameters, compare',
      bar: true,
    },
    {
      id: 'trash',
      title: 'Trash',
      icon: 'trash',
      group: 'Build',
      path: (workspace) => `/w/${workspace}/trash`,
      words: 'deleted runs, experiments and logged models, restore, purge',
    },
  ],
  find,
  needs: failedRuns,
  moved: mlflowLink,
};
