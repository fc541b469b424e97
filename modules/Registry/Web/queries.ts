import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';

export type Model = Item<'/api/v1/w/{workspace}/models'>;
export type VersionRow = Item<'/api/v1/w/{workspace}/models/{name}/versions'>;
export type Version = Reply<'/api/v1/w/{workspace}/models/{name}/versions/{version}'>;
export type CardSection = Version['card']['sections'][number];
export type Group = Version['fairness'][number];

export const modelPage = (workspace: string, cursor: string | undefined, signal: AbortSignal, limit = 100) =>
  value(api.GET('/api/v1/w/{workspace}/models', { params: { path: { workspace }, query: { cursor, limit } }, signal }));

export const modelsQuery = (workspace: string) =>
  infiniteQueryOptions({
    queryKey: ['models', workspace],
    queryFn: ({ pageParam, signal }) => modelPage(workspace, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const modelQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['model', workspace, name],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/models/{name}', { params: { path: { workspace, name } }, signal })),
  });

export const versionsQuery = (workspace: string, name: string) =>
  infiniteQueryOptions({
    queryKey: ['model', workspace, name, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      value(
        api.GET('/api/v1/w/{workspace}/models/{name}/versions', { params: { path: { workspace, name }, query: { cursor: pageParam, limit: 50 } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const versionQuery = (workspace: string, name: string, version: number) =>
  queryOptions({
    queryKey: ['model', workspace, name, 'version', version],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/models/{name}/versions/{version}', { params: { path: { workspace, name, version } }, signal })),
  });

export const diffQuery = (workspace: string, name: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['model', workspace, name, 'diff', from, to],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/models/{name}/diff', { params: { path: { workspace, name }, query: { from, to } }, signal })),
  });

export const setAlias = (workspace: string, name: string, alias: string, version: number) =>
  value(api.PUT('/api/v1/w/{workspace}/models/{name}/aliases/{alias}', { params: { path: { workspace, name, alias } }, body: { version } }));

export const removeAlias = (workspace: string, name: string, alias: string) =>
  api.DELETE('/api/v1/w/{workspace}/models/{name}/aliases/{alias}', { params: { path: { workspace, name, alias } } });

export const modelsPath = (workspace: string): string => `/w/${workspace}/models`;
export const modelPath = (workspace: string, name: string): string => `/w/${workspace}/models/${encodeURIComponent(name)}`;
export const versionPath = (workspace: string, name: string, version: number, against?: number): string =>
  `${modelPath(workspace, name)}/versions/${version}${against === undefined ? '' : `?against=${against}`}`;
