import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession, type Session } from '@/api/session';

const place = 'slipway-workspace';

/** The workspace to open when the address names none: the one used last, else the first. */
export function homeOf(session: Session, last: string | null = localStorage.getItem(place)): string {
  const names = session.workspaces.map(({ name }) => name);
  return (last !== null && names.includes(last) ? last : names[0]) ?? 'default';
}

/** The workspace that the address names, else the one used last. */
export function useWorkspace(): string {
  const session = useSession();
  const { workspace } = useParams({ strict: false }) as { workspace?: string };
  useEffect(() => {
    if (workspace !== undefined) {
      localStorage.setItem(place, workspace);
    }
  }, [workspace]);
  return workspace ?? homeOf(session);
}
