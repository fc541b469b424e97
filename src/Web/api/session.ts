import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, value, type Reply } from './client';

export type Session = Reply<'/api/v1/session'>;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => value(api.GET('/api/v1/session', { signal })),
  staleTime: 60_000,
});

/** Who is signed in. Only below the shell's route, which has loaded it. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** May the caller do this: in the workspace when one is named, else on the whole server? */
export function may(session: Session, permission: string, workspace?: string): boolean {
  if (session.permissions.includes(permission)) {
    return true;
  }
  return session.workspaces.some(({ name, permissions }) => name === workspace && permissions.includes(permission));
}
