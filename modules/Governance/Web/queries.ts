import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { all } from '@/api/all';
import { api, value, type Item, type Reply } from '@/api/client';
import { newestFirst } from './shelf';

export type ApprovalRow = Item<'/api/v1/w/{workspace}/approvals'>;
export type Approval = Reply<'/api/v1/w/{workspace}/approvals/{id}'>;
export type Stage = ApprovalRow['state'];
export type Row = Approval['rows'][number];
export type Change = Approval['changes'][number];
export type Exception = Item<'/api/v1/w/{workspace}/exceptions'>;
export type Policy = Reply<'/api/v1/w/{workspace}/policy'>;
export type Entry = Reply<'/api/v1/w/{workspace}/inventory/{model}'>;

export const approvalPage = (workspace: string, state: Stage | undefined, model: string | undefined, cursor: string | undefined, signal?: AbortSignal, limit = 100) =>
  value(api.GET('/api/v1/w/{workspace}/approvals', { params: { path: { workspace }, query: { state, model, cursor, limit } }, signal }));

/** Approvals, newest first, page after page. */
export const approvalsQuery = (workspace: string, state: Stage | undefined, model?: string) =>
  infiniteQueryOptions({
    queryKey: ['approvals', workspace, state ?? '', model ?? ''],
    queryFn: ({ pageParam, signal }) => approvalPage(workspace, state, model, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Every approval, as far as a page of settings goes. */
export const everyApprovalQuery = (workspace: string, state?: Stage) =>
  queryOptions({
    queryKey: ['approvals', workspace, 'all', state ?? ''],
    queryFn: ({ signal }) => all((cursor) => approvalPage(workspace, state, undefined, cursor, signal)),
  });

/** What stands of approvals: every one that is granted or waits, and the newest of the others. */
export const standingApprovalsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['approvals', workspace, 'standing'],
    queryFn: async ({ signal }) => {
      const every = (state: Stage) => all((cursor) => approvalPage(workspace, state, undefined, cursor, signal));
      const lists = await Promise.all([every('granted'), every('requested'), approvalPage(workspace, undefined, undefined, undefined, signal).then(({ items }) => items)]);
      return newestFirst(lists.flat());
    },
  });

export const readApproval = (workspace: string, id: string, signal?: AbortSignal) =>
  value(api.GET('/api/v1/w/{workspace}/approvals/{id}', { params: { path: { workspace, id } }, signal }));

export const approvalQuery = (workspace: string, id: string) =>
  queryOptions({ queryKey: ['approval', workspace, id], queryFn: ({ signal }) => readApproval(workspace, id, signal) });

export const ask = (workspace: string, body: { model: string; version: number; reason: string }) =>
  value(api.POST('/api/v1/w/{workspace}/approvals', { params: { path: { workspace } }, body }));

export const sign = (workspace: string, id: string, reason: string, evidenceDigest: string) =>
  value(api.POST('/api/v1/w/{workspace}/approvals/{id}/sign', { params: { path: { workspace, id } }, body: { reason, evidenceDigest } }));

export const refuse = (workspace: string, id: string, reason: string) =>
  value(api.POST('/api/v1/w/{workspace}/approvals/{id}/refuse', { params: { path: { workspace, id } }, body: { reason } }));

export const withdraw = (workspace: string, id: string, reason: string) =>
  value(api.POST('/api/v1/w/{workspace}/approvals/{id}/withdraw', { params: { path: { workspace, id } }, body: { reason } }));

export const exceptionPage = (workspace: string, model: string | undefined, cursor: string | undefined, signal?: AbortSignal) =>
  value(api.GET('/api/v1/w/{workspace}/exceptions', { params: { path: { workspace }, query: { model, cursor, limit: 100 } }, signal }));

export const exceptionsQuery = (workspace: string) =>
  infiniteQueryOptions({
    queryKey: ['exceptions', workspace, 'pages'],
    queryFn: ({ pageParam, signal }) => exceptionPage(workspace, undefined, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const modelExceptionsQuery = (workspace: string, model: string) =>
  queryOptions({ queryKey: ['exceptions', workspace, 'of', model], queryFn: ({ signal }) => all((cursor) => exceptionPage(workspace, model, cursor, signal)) });

export interface NewException {
  model: string;
  requirement: string;
  reason: string;
  /** Unix ms. */
  expiresMs: number;
  /** Absent: every version of the model. */
  version?: number;
}

export const grantException = (workspace: string, body: NewException) =>
  value(api.POST('/api/v1/w/{workspace}/exceptions', { params: { path: { workspace } }, body }));

export const withdrawException = (workspace: string, id: string, reason: string) =>
  value(api.POST('/api/v1/w/{workspace}/exceptions/{id}/withdraw', { params: { path: { workspace, id } }, body: { reason } }));

export const policyQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['policy', workspace, 'now'],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/policy', { params: { path: { workspace } }, signal })),
  });

export const policyVersionsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['policy', workspace, 'versions'],
    queryFn: ({ signal }) =>
      all((cursor) => value(api.GET('/api/v1/w/{workspace}/policy/versions', { params: { path: { workspace }, query: { cursor, limit: 100 } }, signal }))),
  });

export const policyVersionQuery = (workspace: string, version: number) =>
  queryOptions({
    queryKey: ['policy', workspace, 'version', version],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/policy/versions/{version}', { params: { path: { workspace, version } }, signal })),
  });

/** What a text would be worth as a policy: its faults by line, and how its tests go. Changes nothing. */
export const policyCheckQuery = (workspace: string, text: string) =>
  queryOptions({
    queryKey: ['policy check', workspace, text],
    queryFn: ({ signal }) => value(api.POST('/api/v1/w/{workspace}/policy/check', { params: { path: { workspace } }, body: { text }, signal })),
    staleTime: Infinity,
    gcTime: 60_000,
  });

export const setPolicy = (workspace: string, text: string, reason: string) =>
  value(api.PUT('/api/v1/w/{workspace}/policy', { params: { path: { workspace } }, body: { text, reason } }));

export const entriesQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['inventory', workspace, 'all'],
    queryFn: ({ signal }) =>
      all((cursor) => value(api.GET('/api/v1/w/{workspace}/inventory', { params: { path: { workspace }, query: { cursor, limit: 100 } }, signal }))),
  });

export const entryQuery = (workspace: string, model: string) =>
  queryOptions({
    queryKey: ['inventory', workspace, 'of', model],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/inventory/{model}', { params: { path: { workspace, model } }, signal })),
  });

export const modelNamesQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['models', workspace, 'names'],
    queryFn: ({ signal }) =>
      all((cursor) => value(api.GET('/api/v1/w/{workspace}/models', { params: { path: { workspace }, query: { cursor, limit: 100 } }, signal }))),
  });

/** Writes an entry from its text; a fault of the text says its line. */
export const writeEntry = (workspace: string, model: string, text: string) =>
  value(api.PUT('/api/v1/w/{workspace}/inventory/{model}/text', { params: { path: { workspace, model } }, body: { text } }));
