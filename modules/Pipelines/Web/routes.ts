import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { lazy } from 'react';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { tableSearch, type TableSearch } from '@/table/search';
import { find } from './find';
import { failedPipelines } from './needs';
import { tell } from './tell';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const pipelinesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/pipelines',
  validateSearch: (search: Record<string, unknown>): TableSearch => tableSearch(search),
  component: lazyRouteComponent(() => import('./PipelinesPage'), 'PipelinesPage'),
});

/** What the address of the list of pipeline runs holds, beside the table's state. */
export interface PipelineRunsSearch extends TableSearch {
  pipeline?: string;
}

export const pipelineRunsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/pipeline-runs',
  validateSearch: (search: Record<string, unknown>): PipelineRunsSearch => ({ ...tableSearch(search), pipeline: text(search.pipeline) }),
  component: lazyRouteComponent(() => import('./PipelineRunsPage'), 'PipelineRunsPage'),
});

/** The step that is looked at. */
export interface PipelineRunSearch {
  step?: string;
}

export const pipelineRunRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/pipeline-runs/$runId',
  validateSearch: (search: Record<string, unknown>): PipelineRunSearch => ({ step: text(search.step) }),
  component: lazyRouteComponent(() => import('./PipelineRunPage'), 'PipelineRunPage'),
});

export const pipelinesRoutes = [pipelinesRoute, pipelineRunsRoute, pipelineRunRoute] as const;

export const pipelines: WebModule = {
  pages: [
    {
      id: 'pipelines',
      title: 'Pipelines',
      icon: 'pipelines',
      group: 'Build',
      path: (workspace) => `/w/${workspace}/pipelines`,
      also: (workspace) => `/w/${workspace}/pipeline-runs`,
      key: 'p',
      words: 'steps, pipeline runs, cache, log',
      bar: true,
    },
  ],
  find,
  needs: failedPipelines,
  home: lazy(() => import('./RecentRuns')),
  tell,
};
