import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value, type Item, type Reply } from '@/api/client';

export type Pipeline = Item<'/api/v1/w/{workspace}/pipelines'>;
export type RunSummary = Item<'/api/v1/w/{workspace}/pipeline-runs'>;
export type RunPage = Reply<'/api/v1/w/{workspace}/pipeline-runs'>;
export type PipelineRun = Reply<'/api/v1/w/{workspace}/pipeline-runs/{runId}'>;
export type Step = PipelineRun['steps'][number];
export type StepValue = Step['outputs'][string];
export type StepState = Step['state'];
export type RunState = PipelineRun['state'];
export type LogLine = Reply<'/api/v1/w/{workspace}/pipeline-runs/{runId}/steps/{step}/log'>['lines'][number];

export const pipelinesPage = (workspace: string, cursor: string | undefined, signal: AbortSignal, limit = 100) =>
  value(api.GET('/api/v1/w/{workspace}/pipelines', { params: { path: { workspace }, query: { cursor, limit } }, signal }));

export const pipelinesQuery = (workspace: string) =>
  infiniteQueryOptions({
    queryKey: ['pipelines', workspace],
    queryFn: ({ pageParam, signal }) => pipelinesPage(workspace, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const pipelineRunPage = (workspace: string, pipeline: string | undefined, cursor: string | undefined, signal: AbortSignal, limit = 100) =>
  value(api.GET('/api/v1/w/{workspace}/pipeline-runs', { params: { path: { workspace }, query: { pipeline, cursor, limit } }, signal }));

export const pipelineRunsQuery = (workspace: string, pipeline: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['pipeline-runs', workspace, pipeline],
    queryFn: ({ pageParam, signal }) => pipelineRunPage(workspace, pipeline, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const recentRunsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['recent pipeline-runs', workspace],
    queryFn: ({ signal }) => pipelineRunPage(workspace, undefined, undefined, signal, 6),
  });

export const readRun = (workspace: string, runId: string, signal?: AbortSignal) =>
  value(api.GET('/api/v1/w/{workspace}/pipeline-runs/{runId}', { params: { path: { workspace, runId } }, signal }));

export const pipelineRunQuery = (workspace: string, runId: string) =>
  queryOptions({ queryKey: ['pipeline-run', workspace, runId], queryFn: ({ signal }) => readRun(workspace, runId, signal) });

export const readLog = (workspace: string, runId: string, step: string, from: number, signal: AbortSignal) =>
  value(
    api.GET('/api/v1/w/{workspace}/pipeline-runs/{runId}/steps/{step}/log', {
      params: { path: { workspace, runId, step }, query: { from } },
      signal,
    }),
  );

export const cancelRun = (workspace: string, runId: string) =>
  value(api.POST('/api/v1/w/{workspace}/pipeline-runs/{runId}/cancel', { params: { path: { workspace, runId } } }));

export const pipelinesPath = (workspace: string): string => `/w/${workspace}/pipelines`;
export const pipelineRunsPath = (workspace: string, pipeline?: string): string =>
  `/w/${workspace}/pipeline-runs${pipeline === undefined ? '' : `?pipeline=${encodeURIComponent(pipeline)}`}`;
export const pipelineRunPath = (workspace: string, runId: string): string => `/w/${workspace}/pipeline-runs/${encodeURIComponent(runId)}`;

/** The bytes behind a digest that a run of this workspace made or took. */
export const fileHref = (workspace: string, digest: string): string => `/api/v1/w/${encodeURIComponent(workspace)}/files/${digest}`;
