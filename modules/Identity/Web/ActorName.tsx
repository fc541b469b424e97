import { Who } from '@/parts/Who';
import type { AuditEntry } from './queries';
import type { Principal } from './usePrincipals';

/** Who did it, by name where the reader may know it; programs of the server itself keep their own word. */
export function ActorName({ entry, principals }: { entry: Pick<AuditEntry, 'actor' | 'actingAs'>; principals: ReadonlyMap<string, Principal> }) {
  const known = principals.get(entry.actor);
  const role = entry.actingAs ? `as ${principals.get(entry.actingAs)?.name ?? entry.actingAs}` : undefined;
  return known ? (
    <span title={entry.actor}>
      <Who name={known.name} kind={known.kind} role={role} />
    </span>
  ) : (
    <bdi title={entry.actor}>
      {entry.actor} {role}
    </bdi>
  );
}
