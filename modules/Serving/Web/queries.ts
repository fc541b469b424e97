import { queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';

export type Endpoint = Reply<'/api/v1/w/{workspace}/endpoints/{name}'>;
export type Deployment = Endpoint['deployments'][number];
export type Replica = Deployment['replicas'][number];
export type Prediction = Item<'/api/v1/w/{workspace}/endpoints/{name}/predictions'>;

export const endpointPage = (workspace: string, signal: AbortSignal) =>
  value(api.GET('/api/v1/w/{workspace}/endpoints', { params: { path: { workspace } }, signal }));

export const endpointsQuery = (workspace: string) =>
  queryOptions({ queryKey: ['endpoints', workspace], queryFn: ({ signal }) => endpointPage(workspace, signal) });

export const endpointQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['endpoint', workspace, name],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/endpoints/{name}', { params: { path: { workspace, name } }, signal })),
  });

export const predictionsQuery = (workspace: string, name: string, limit = 20) =>
  queryOptions({
    queryKey: ['endpoint', workspace, name, 'predictions', limit],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/endpoints/{name}/predictions', { params: { path: { workspace, name }, query: { limit } }, signal })),
  });

/** What was refused lately, as one process remembers it. */
export const refusalsQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['endpoint', workspace, name, 'refusals'],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/endpoints/{name}/refusals', { params: { path: { workspace, name } }, signal })),
  });

/** What a version takes, for lines to copy. */
export const signatureQuery = (workspace: string, name: string, version: number) =>
  queryOptions({
    queryKey: ['model', workspace, name, 'version', version],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/models/{name}/versions/{version}', { params: { path: { workspace, name, version } }, signal })),
  });

/** The versions that could be deployed, newest first. */
export const versionsQuery = (workspace: string, name: string) =>
  queryOptions({
    queryKey: ['model', workspace, name, 'version numbers'],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/models/{name}/versions', { params: { path: { workspace, name }, query: { limit: 50 } }, signal })),
  });

/** What needs a reason and nothing else. */
export type Act = 'halt' | 'resume' | 'stop' | 'release' | 'promote';

export const act = (workspace: string, name: string, what: Act, reason: string) => {
  const call = { params: { path: { workspace, name } }, body: { reason } };
  switch (what) {
    case 'halt':
      return value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/halt', call));
    case 'resume':
      return value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/resume', call));
    case 'stop':
      return value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/stop', call));
    case 'release':
      return value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/release', call));
    case 'promote':
      return value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/promote', call));
  }
};

/** Takes a version out of the traffic. */
export const rollBack = (workspace: string, name: string, version: number, reason: string) =>
  value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/rollback', { params: { path: { workspace, name } }, body: { version, reason } }));

/** @param canaryShare above 0 and below 1 */
export const setShare = (workspace: string, name: string, canaryShare: number, reason: string) =>
  value(api.PUT('/api/v1/w/{workspace}/endpoints/{name}/traffic', { params: { path: { workspace, name } }, body: { canaryShare, reason } }));

/** @param share of a canary: above 0 and below 1 */
export const deploy = (workspace: string, name: string, version: number, role: Deployment['role'], share: number | undefined, reason: string) =>
  value(api.POST('/api/v1/w/{workspace}/endpoints/{name}/deployments', { params: { path: { workspace, name } }, body: { version, role, share, reason } }));

export const endpointsPath = (workspace: string): string => `/w/${workspace}/endpoints`;
export const endpointPath = (workspace: string, name: string): string => `/w/${workspace}/endpoints/${encodeURIComponent(name)}`;
