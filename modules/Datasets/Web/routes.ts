import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { tableSearch, type TableSearch } from '@/table/search';
import { find } from './find';
import { datasetsPath } from './queries';
import { tell } from './tell';

export const datasetsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/datasets',
  validateSearch: (search: Record<string, unknown>): TableSearch => tableSearch(search),
  component: lazyRouteComponent(() => import('./DatasetsPage'), 'DatasetsPage'),
});

/** Which version is shown (absent: the newest), with which it is compared, and which columns. */
export interface DatasetSearch {
  version?: number;
  against?: number;
  columns?: string;
}

const number = (value: unknown): number | undefined => (/^[1-9]\d{0,9}$/.test(String(value)) ? Number(value) : undefined);

export const datasetRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/datasets/$name',
  validateSearch: (search: Record<string, unknown>): DatasetSearch => ({
    version: number(search.version),
    against: number(search.against),
    columns: typeof search.columns === 'string' && search.columns !== '' ? search.columns : undefined,
  }),
  component: lazyRouteComponent(() => import('./DatasetPage'), 'DatasetPage'),
});

export const datasetsRoutes = [datasetsRoute, datasetRoute] as const;

export const datasets: WebModule = {
  pages: [
    {
      id: 'datasets',
      title: 'Datasets',
      icon: 'datasets',
      group: 'Build',
      path: datasetsPath,
      key: 'd',
      words: 'data, contracts, schema, units, versions',
    },
  ],
  find,
  tell,
};
