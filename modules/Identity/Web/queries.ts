import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { all } from '@/api/all';
import { api, value, type Item, type Reply } from '@/api/client';

export type Person = Item<'/api/v1/people'>;
export type ServiceAccount = Item<'/api/v1/service-accounts'>;
export type Grant = Item<'/api/v1/grants'>;
export type Key = Item<'/api/v1/keys'>;
export type AuditEntry = Item<'/api/v1/audit'>;
export type Proof = Reply<'/api/v1/audit/{id}/proof'>;
export type Role = Grant['level'];

export const roles: readonly Role[] = ['viewer', 'member', 'contributor', 'validator', 'approver', 'admin', 'auditor'];

/** On one experiment or model. */
export const levels: readonly Role[] = ['viewer', 'member', 'contributor', 'admin', 'none'];

/** What each role is for, in one line. */
export const meanings: Record<Role, string> = {
  viewer: 'sees everything in the workspace',
  member: 'as a viewer, and makes experiments and models of their own',
  contributor: 'logs runs and changes what it may see',
  validator: 'checks models independently of who made them',
  approver: 'signs what goes to production',
  admin: 'gives roles and changes settings',
  auditor: 'reads everything with the audit, changes nothing',
  none: 'on one experiment or model: does not see it, whatever the workspace gives',
};

/** What each level gives on one experiment or model. */
export const levelMeanings: Partial<Record<Role, string>> = {
  viewer: 'sees it',
  member: 'sees and uses it',
  contributor: 'logs to it and changes it',
  admin: 'deletes it and gives permissions, too',
  none: 'does not see it, whatever the workspace gives',
};

/** What MLflow calls each level. */
export const levelNames: Partial<Record<Role, string>> = { viewer: 'READ', member: 'USE', contributor: 'EDIT', admin: 'MANAGE', none: 'NO_PERMISSIONS' };

/** A resource in words. */
export function place(resource: string): string {
  const [, workspace, kind, ...id] = resource.split('/');
  return resource === 'server'
    ? 'whole server'
    : resource === 'workspace/*'
      ? 'all workspaces'
      : kind === undefined
        ? (workspace ?? resource)
        : `${kind} ${id.join('/')} in ${workspace}`;
}

export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => value(api.GET('/api/v1/sign-in', { signal })),
});

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/people', { params: { query: { cursor } }, signal }))),
});

export const serviceAccountsQuery = queryOptions({
  queryKey: ['service-accounts'],
  queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/service-accounts', { params: { query: { cursor } }, signal }))),
});

export const grantsQuery = queryOptions({
  queryKey: ['grants'],
  queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/grants', { params: { query: { cursor } }, signal }))),
});

export const workspacesQuery = queryOptions({
  queryKey: ['workspaces'],
  queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/workspaces', { params: { query: { cursor } }, signal }))),
});

/** The grants on one experiment or model that the caller may see: their own, and all of them for whoever manages it. */
export const grantsOnQuery = (resource: string) =>
  queryOptions({
    queryKey: ['grants', resource],
    queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/grants', { params: { query: { resource, cursor } }, signal }))),
  });

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/keys', { params: { query: { cursor } }, signal }))),
});

export interface AuditQuestion {
  workspace?: string;
  actor?: string;
  action?: string;
}

export const auditPage = (question: AuditQuestion, cursor: string | undefined, signal: AbortSignal, limit = 100) =>
  value(api.GET('/api/v1/audit', { params: { query: { ...question, cursor, limit } }, signal }));

export const auditQuery = (question: AuditQuestion) =>
  infiniteQueryOptions({
    queryKey: ['audit', question],
    queryFn: ({ pageParam, signal }) => auditPage(question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const auditEntryQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit entry', id],
    queryFn: ({ signal }) => value(api.GET('/api/v1/audit/{id}', { params: { path: { id } }, signal })),
  });
