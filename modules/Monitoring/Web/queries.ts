import { queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';

export type MonitorRow = Item<'/api/v1/w/{workspace}/monitors'>;
export type Monitor = Reply<'/api/v1/w/{workspace}/monitors/{endpoint}'>;
export type Watched = Monitor['versions'][number];
export type Aspect = Watched['verdicts'][number];
export type Share = NonNullable<Watched['open']>['decisions'][number];
export type Alert = Monitor['alerts'][number];
export type Reaction = Alert['reactions'][number];
export type WindowRow = Item<'/api/v1/w/{workspace}/monitors/{endpoint}/windows'>;
export type WindowDetail = Reply<'/api/v1/w/{workspace}/monitors/{endpoint}/windows/{windowId}'>;
export type Drift = WindowDetail['features'][number];
export type Performance = Item<'/api/v1/w/{workspace}/monitors/{endpoint}/performance'>;
export type Retraining = Item<'/api/v1/w/{workspace}/retraining'>;

export const monitorPage = (workspace: string, signal: AbortSignal) => value(api.GET('/api/v1/w/{workspace}/monitors', { params: { path: { workspace } }, signal }));

export const monitorsQuery = (workspace: string) =>
  queryOptions({ queryKey: ['monitors', workspace], queryFn: ({ signal }) => monitorPage(workspace, signal) });

export const monitorQuery = (workspace: string, endpoint: string) =>
  queryOptions({
    queryKey: ['monitor', workspace, endpoint],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/monitors/{endpoint}', { params: { path: { workspace, endpoint } }, signal })),
  });

/** The newest windows of all versions, newest first. */
export const windowsQuery = (workspace: string, endpoint: string, limit = 200) =>
  queryOptions({
    queryKey: ['monitor', workspace, endpoint, 'windows', limit],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/monitors/{endpoint}/windows', { params: { path: { workspace, endpoint }, query: { limit } }, signal })),
  });

/** One window; it never changes. */
export const windowQuery = (workspace: string, endpoint: string, windowId: string) =>
  queryOptions({
    queryKey: ['monitor window', workspace, endpoint, windowId],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/monitors/{endpoint}/windows/{windowId}', { params: { path: { workspace, endpoint, windowId } }, signal })),
    staleTime: Infinity,
  });

export const performanceQuery = (workspace: string, endpoint: string) =>
  queryOptions({
    queryKey: ['monitor', workspace, endpoint, 'performance'],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/monitors/{endpoint}/performance', { params: { path: { workspace, endpoint } }, signal })),
  });

export const retrainingPage = (workspace: string, signal: AbortSignal, state?: string) =>
  value(api.GET('/api/v1/w/{workspace}/retraining', { params: { path: { workspace }, query: { state } }, signal }));

export const retrainingQuery = (workspace: string) =>
  queryOptions({ queryKey: ['retraining', workspace], queryFn: ({ signal }) => retrainingPage(workspace, signal) });

/** Runs of a pipeline that could answer a request for retraining, newest first. */
export const pipelineRunsQuery = (workspace: string, pipeline: string | undefined) =>
  queryOptions({
    queryKey: ['recent pipeline-runs', workspace, pipeline],
    queryFn: ({ signal }) =>
      value(api.GET('/api/v1/w/{workspace}/pipeline-runs', { params: { path: { workspace }, query: { pipeline, limit: 20 } }, signal })),
  });

export const closeAlert = (workspace: string, endpoint: string, alertId: string, reason: string) =>
  value(
    api.POST('/api/v1/w/{workspace}/monitors/{endpoint}/alerts/{alertId}/close', { params: { path: { workspace, endpoint, alertId } }, body: { reason } }),
  );

export const startRetraining = (workspace: string, requestId: string, pipelineRunId: string, note: string) =>
  value(api.POST('/api/v1/w/{workspace}/retraining/{requestId}/start', { params: { path: { workspace, requestId } }, body: { pipelineRunId, note } }));

export const dismissRetraining = (workspace: string, requestId: string, reason: string) =>
  value(api.POST('/api/v1/w/{workspace}/retraining/{requestId}/dismiss', { params: { path: { workspace, requestId } }, body: { reason } }));

export const monitorsPath = (workspace: string): string => `/w/${workspace}/monitors`;
export const monitorPath = (workspace: string, endpoint: string): string => `/w/${workspace}/monitors/${encodeURIComponent(endpoint)}`;
