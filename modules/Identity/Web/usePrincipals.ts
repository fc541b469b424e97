import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { may, useSession } from '@/api/session';
import { peopleQuery, serviceAccountsQuery } from './queries';

export interface Principal {
  id: string;
  name: string;
  kind: 'person' | 'serviceAccount';
}

/** People and service accounts by id, for those who may see them; empty for others, who see ids. */
export function usePrincipals(): ReadonlyMap<string, Principal> {
  const session = useSession();
  const enabled = may(session, 'identity.people.read');
  const people = useQuery({ ...peopleQuery, enabled, staleTime: 60_000 });
  const accounts = useQuery({ ...serviceAccountsQuery, enabled, staleTime: 60_000 });
  return useMemo(
    () =>
      new Map([
        ...(people.data ?? []).map(({ id, displayName }): [string, Principal] => [id, { id, name: displayName, kind: 'person' }]),
        ...(accounts.data ?? []).map(({ id, displayName }): [string, Principal] => [id, { id, name: displayName, kind: 'serviceAccount' }]),
      ]),
    [people.data, accounts.data],
  );
}

/** `person/0192…` with the name in place of the id, where it is known. */
export function objectName(object: string, principals: ReadonlyMap<string, Principal>): string {
  const at = object.indexOf('/');
  const known = principals.get(object.slice(at + 1));
  return at > 0 && known ? `${object.slice(0, at)}/${known.name}` : object;
}

/** The id of whom a typed text names; the text itself when it names nobody known. */
export function idOf(text: string, principals: ReadonlyMap<string, Principal>): string {
  const wanted = text.trim().toLowerCase();
  return [...principals.values()].find(({ name }) => name.toLowerCase() === wanted)?.id ?? text.trim();
}
