import { createRootRoute, createRoute, notFound, redirect } from '@tanstack/react-router';
import { asProblem } from '@/api/problem';
import { queryClient } from '@/api/query';
import { sessionQuery } from '@/api/session';
import { ErrorPage, NotFoundPage } from '@/shell/ErrorPage';
import { Shell } from '@/shell/Shell';
import { homeOf } from '@/shell/workspace';

export const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

/** Everything that needs somebody: without a session it leads to sign-in and back. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
  beforeLoad: async ({ location }) => {
    try {
      return { session: await queryClient.ensureQueryData(sessionQuery) };
    } catch (error) {
      if (asProblem(error).status === 401) {
        throw redirect({ href: `/sign-in?next=${encodeURIComponent(location.href)}` });
      }
      throw error;
    }
  },
});

export const indexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ href: `/w/${homeOf(context.session)}` });
  },
});

/** Everything inside one workspace. */
export const workspaceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/w/$workspace',
  notFoundComponent: NotFoundPage,
  beforeLoad: ({ context, params }) => {
    if (!context.session.workspaces.some(({ name }) => name === params.workspace)) {
      throw notFound();
    }
  },
});
