import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';
import { orderOf } from './order';

export type Experiment = Item<'/api/v1/w/{workspace}/experiments'>;
export type Run = Item<'/api/v1/w/{workspace}/runs'>;
export type RunPage = Reply<'/api/v1/w/{workspace}/runs'>;
export type RunDetail = Reply<'/api/v1/w/{workspace}/runs/{runId}'>;
export type Series = Reply<'/api/v1/w/{workspace}/runs/{runId}/series'>;
export type Artifact = Item<'/api/v1/w/{workspace}/runs/{runId}/artifacts'>;
export type Activity = Item<'/api/v1/w/{workspace}/activity'>;

/** Which runs, in which order. */
export interface RunsQuestion {
  experiment?: string;
  filter?: string;
  sort?: string;
  /** What of each run is wanted, such as `metrics.loss,params.*`; everything when it is not given. */
  fields?: string;
}

const pageRows = 100;

export const runPage = (workspace: string, question: RunsQuestion, cursor: string | undefined, signal: AbortSignal, limit = pageRows): Promise<RunPage> =>
  value(
    api.GET('/api/v1/w/{workspace}/runs', { params: { path: { workspace }, query: { ...question, sort: orderOf(question.sort), cursor, limit } }, signal }),
  );

export const runsQuery = (workspace: string, question: RunsQuestion) =>
  infiniteQueryOptions({
    queryKey: ['runs', workspace, question],
    queryFn: ({ pageParam, signal }) => runPage(workspace, question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** How many runs there are on all pages. */
export const runCountQuery = (workspace: string, { experiment, filter }: RunsQuestion) =>
  queryOptions({
    queryKey: ['runs', workspace, 'count', experiment, filter],
    queryFn: async ({ signal }) => {
      const page = await value(
        api.GET('/api/v1/w/{workspace}/runs', { params: { path: { workspace }, query: { experiment, filter, limit: 1, fields: 'info', count: true } }, signal }),
      );
      return page.count ?? undefined;
    },
  });

export const runningQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['running', workspace],
    queryFn: ({ signal }) => runPage(workspace, { filter: "attributes.status = 'RUNNING'", sort: '-started' }, undefined, signal, 20),
  });

export const runQuery = (workspace: string, runId: string) =>
  queryOptions({
    queryKey: ['run', workspace, runId],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/runs/{runId}', { params: { path: { workspace, runId } }, signal })),
  });

/** Where the server down-samples to: at most 2,000 points a series and 200,000 on a page. */
export const pointsFor = (series: number): number => Math.max(50, Math.min(2_000, Math.floor(200_000 / Math.max(1, series))));

export const seriesQuery = (workspace: string, runId: string, key: string, points: number, range?: readonly [number, number]) =>
  queryOptions({
    queryKey: ['series', workspace, runId, key, points, range?.[0], range?.[1]],
    queryFn: ({ signal }) =>
      value(
        api.GET('/api/v1/w/{workspace}/runs/{runId}/series', {
          params: { path: { workspace, runId }, query: { key, points, from: range?.[0], to: range?.[1] } },
          signal,
        }),
      ),
  });

export const artifactsQuery = (workspace: string, runId: string, path: string) =>
  queryOptions({
    queryKey: ['artifacts', workspace, runId, path],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/runs/{runId}/artifacts', { params: { path: { workspace, runId }, query: path === '' ? {} : { path } }, signal })),
  });

export const experimentPage = (workspace: string, question: { filter?: string; sort?: string; folder?: string }, cursor: string | undefined, signal: AbortSignal) =>
  value(
    api.GET('/api/v1/w/{workspace}/experiments', {
      params: { path: { workspace }, query: { ...question, sort: orderOf(question.sort, 'experiments'), cursor, limit: pageRows } },
      signal,
    }),
  );

export const experimentsQuery = (workspace: string, question: { filter?: string; sort?: string; folder?: string }) =>
  infiniteQueryOptions({
    queryKey: ['experiments', workspace, question],
    queryFn: ({ pageParam, signal }) => experimentPage(workspace, question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const experimentQuery = (workspace: string, id: string) =>
  queryOptions({
    queryKey: ['experiment', workspace, id],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/experiments/{experimentId}', { params: { path: { workspace, experimentId: id } }, signal })),
    staleTime: 60_000,
  });

export const activityQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['activity', workspace],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/activity', { params: { path: { workspace }, query: { limit: 50 } }, signal })),
  });

/** The address of an artifact's bytes. */
export const artifactHref = (workspace: string, runId: string, path: string): string =>
  `/api/v1/w/${encodeURIComponent(workspace)}/runs/${encodeURIComponent(runId)}/artifacts/content?path=${encodeURIComponent(path)}`;

export const runPath = (workspace: string, runId: string): string => `/w/${workspace}/runs/${encodeURIComponent(runId)}`;
export const runsPath = (workspace: string, experiment?: string): string =>
  `/w/${workspace}/runs${experiment === undefined ? '' : `?experiment=${encodeURIComponent(experiment)}`}`;
