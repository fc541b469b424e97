import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, value, type Item } from '@/api/client';
import { fieldName } from '@/table/complete';

export type LoggedModel = Item<'/api/v1/w/{workspace}/logged-models'>;
export type Measure = LoggedModel['measures'][number];

/** Which models, in which order. */
export interface LoggedModelsQuestion {
  experiment?: string;
  filter?: string;
  sort?: string;
}

const attributes: Record<string, string> = { name: 'name', status: 'status', type: 'model_type', created: 'creation_timestamp', run: 'source_run_id' };

/** The order of the table in the server's words: `-metrics.acc` is `metrics.acc DESC`; what the server cannot sort by is left out. */
export function modelOrder(sort: string | undefined): string | undefined {
  const column = sort?.replace(/^-/, '') ?? '';
  const key = /^metrics\.(.+)$/s.exec(column)?.[1];
  const field = attributes[column] ?? (key === undefined ? undefined : fieldName('metrics', key));
  return field === undefined ? undefined : `${field} ${sort?.startsWith('-') ? 'DESC' : 'ASC'}`;
}

export const loggedModelPage = (workspace: string, question: LoggedModelsQuestion, cursor: string | undefined, signal: AbortSignal, limit = 100) =>
  value(
    api.GET('/api/v1/w/{workspace}/logged-models', {
      params: { path: { workspace }, query: { ...question, sort: modelOrder(question.sort), cursor, limit } },
      signal,
    }),
  );

export const loggedModelsQuery = (workspace: string, question: LoggedModelsQuestion) =>
  infiniteQueryOptions({
    queryKey: ['loggedModels', workspace, question],
    queryFn: ({ pageParam, signal }) => loggedModelPage(workspace, question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const loggedModelQuery = (workspace: string, modelId: string) =>
  queryOptions({
    queryKey: ['loggedModel', workspace, modelId],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/logged-models/{modelId}', { params: { path: { workspace, modelId } }, signal })),
  });

export const modelFilesQuery = (workspace: string, modelId: string, path: string) =>
  queryOptions({
    queryKey: ['loggedModelFiles', workspace, modelId, path],
    queryFn: ({ signal }) =>
      value(
        api.GET('/api/v1/w/{workspace}/logged-models/{modelId}/artifacts', {
          params: { path: { workspace, modelId }, query: path === '' ? {} : { path } },
          signal,
        }),
      ),
  });

/** The address of a file's bytes. */
export const modelFileHref = (workspace: string, modelId: string, path: string): string =>
  `/api/v1/w/${encodeURIComponent(workspace)}/logged-models/${encodeURIComponent(modelId)}/artifacts/content?path=${encodeURIComponent(path)}`;

/** The models of an experiment, or of the workspace, with one of them open. */
export function loggedModelsPath(workspace: string, experiment?: string, model?: string): string {
  const search = new URLSearchParams({ ...(experiment === undefined ? {} : { experiment }), ...(model === undefined ? {} : { model }) }).toString();
  return `/w/${workspace}/logged-models${search === '' ? '' : `?${search}`}`;
}
