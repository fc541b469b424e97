import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';

export type Dataset = Item<'/api/v1/w/{workspace}/datasets'>;
export type DatasetDetail = Reply<'/api/v1/w/{workspace}/datasets/{name}'>;
export type Version = Item<'/api/v1/w/{workspace}/datasets/{name}/versions'>;
export type VersionDetail = Reply<'/api/v1/w/{workspace}/datasets/{name}/versions/{version}'>;
export type Column = VersionDetail['schema'][number];
export type Statistics = Column['statistics'];
export type RuleVerdict = VersionDetail['verdicts'][number];
export type Use = Reply<'/api/v1/w/{workspace}/datasets/{name}/uses'>['items'][number];

export const datasetPage = (workspace: string, cursor: string | undefined, signal: AbortSignal, limit = 100) =>
  value(api.GET('/api/v1/w/{workspace}/datasets', { params: { path: { workspace }, query: { cursor, limit } }, signal }));

export const datasetsQuery = (workspace: string) =>
  infiniteQueryOptions({
    queryKey: ['datasets', workspace],
    queryFn: ({ pageParam, signal }) => datasetPage(workspace, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const datasetQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['dataset', workspace, name],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/datasets/{name}', { params: { path: { workspace, name } }, signal })),
  });

export const versionsQuery = (workspace: string, name: string) =>
  infiniteQueryOptions({
    queryKey: ['dataset', workspace, name, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      value(
        api.GET('/api/v1/w/{workspace}/datasets/{name}/versions', { params: { path: { workspace, name }, query: { cursor: pageParam, limit: 50 } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const versionQuery = (workspace: string, name: string, version: number) =>
  queryOptions({
    queryKey: ['dataset version', workspace, name, version],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/datasets/{name}/versions/{version}', { params: { path: { workspace, name, version } }, signal })),
    // A version never changes.
    staleTime: Infinity,
  });

export const diffQuery = (workspace: string, name: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['dataset diff', workspace, name, from, to],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/datasets/{name}/diff', { params: { path: { workspace, name }, query: { from, to } }, signal })),
    staleTime: Infinity,
  });

export const usesQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['dataset', workspace, name, 'uses'],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/datasets/{name}/uses', { params: { path: { workspace, name } }, signal })),
  });

export const datasetsPath = (workspace: string): string => `/w/${workspace}/datasets`;
export const datasetPath = (workspace: string, name: string, version?: number): string =>
  `/w/${workspace}/datasets/${encodeURIComponent(name)}${version === undefined ? '' : `?version=${version}`}`;

/** The Parquet file of a version. */
export const contentHref = (workspace: string, name: string, version: number): string =>
  `/api/v1/w/${encodeURIComponent(workspace)}/datasets/${encodeURIComponent(name)}/versions/${version}/content`;
