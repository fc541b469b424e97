import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { lazy } from 'react';
import { rootRoute, shellRoute } from '@/routes';
import type { WebModule } from '@/module';
import { expiringKeys } from './needs';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: text(search.next) }),
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
});

export const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  component: lazyRouteComponent(() => import('./SetUpPage'), 'SetUpPage'),
});

export const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/people',
  component: lazyRouteComponent(() => import('./PeoplePage'), 'PeoplePage'),
});

export const keysRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/keys',
  component: lazyRouteComponent(() => import('./KeysPage'), 'KeysPage'),
});

/** What the audit page's address holds. */
export interface AuditSearch {
  workspace?: string;
  actor?: string;
  action?: string;
  /** The entry whose evidence is open. */
  entry?: string;
}

export const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: (search: Record<string, unknown>): AuditSearch => ({
    workspace: text(search.workspace),
    actor: text(search.actor),
    action: text(search.action),
    entry: text(search.entry),
  }),
  component: lazyRouteComponent(() => import('./AuditPage'), 'AuditPage'),
});

export const identityRoutes = {
  open: [signInRoute, setUpRoute],
  signedIn: [peopleRoute, keysRoute, auditRoute],
} as const;

export const identity: WebModule = {
  pages: [
    {
      id: 'audit',
      title: 'Audit',
      icon: 'audit',
      group: 'Govern',
      path: () => '/audit',
      key: 'a',
      words: 'who did what, proof, verify',
      permission: 'audit.read',
    },
    {
      id: 'people',
      title: 'People',
      icon: 'people',
      group: 'person',
      path: () => '/people',
      key: 'u',
      words: 'users, service accounts, roles, invite',
      permission: 'identity.people.read',
    },
    { id: 'keys', title: 'Keys', icon: 'key', group: 'person', path: () => '/keys', key: 'k', words: 'API keys, tokens, revoke' },
  ],
  needs: expiringKeys,
  panels: [
    {
      page: 'experimentActions',
      component: lazy(() => import('./ObjectPermissions').then(({ ExperimentPermissions }) => ({ default: ExperimentPermissions }))),
    },
    { page: 'modelActions', component: lazy(() => import('./ObjectPermissions').then(({ ModelPermissions }) => ({ default: ModelPermissions }))) },
  ],
};
