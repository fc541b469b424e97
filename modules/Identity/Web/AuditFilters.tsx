import { useEffect, useId, useState, type RefObject } from 'react';
import { may, useSession } from '@/api/session';
import styles from './Identity.module.css';
import type { AuditSearch } from './routes';
import { idOf, type Principal } from './usePrincipals';

interface AuditFiltersProps {
  first: RefObject<HTMLInputElement | null>;
  search: AuditSearch;
  principals: ReadonlyMap<string, Principal>;
  onChange: (next: Partial<AuditSearch>) => void;
}

/** Who, what, where; asked when somebody has stopped typing. */
export function AuditFilters({ first, search, principals, onChange }: AuditFiltersProps) {
  const session = useSession();
  const id = useId();
  const named = search.actor === undefined ? '' : (principals.get(search.actor)?.name ?? search.actor);
  const [actor, setActor] = useState(named);
  const [action, setAction] = useState(search.action ?? '');
  useEffect(() => setActor(named), [named]);
  useEffect(() => {
    const next = { actor: idOf(actor, principals) || undefined, action: action.trim() || undefined };
    if (next.actor === search.actor && next.action === search.action) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(next), 400);
    return () => clearTimeout(timer);
  }, [actor, action, principals, search.actor, search.action, onChange]);
  return (
    <div className={styles.filters} role="search">
      <input
        ref={first}
        type="search"
        placeholder="Who"
        aria-label="Who"
        list={`${id}who`}
        value={actor}
        onChange={(event) => setActor(event.currentTarget.value)}
        spellCheck={false}
      />
      <datalist id={`${id}who`}>
        {[...principals.values()].map((principal) => (
          <option key={principal.id} value={principal.name} />
        ))}
      </datalist>
      <input
        type="search"
        placeholder="Action: key.create"
        aria-label="Action"
        value={action}
        onChange={(event) => setAction(event.currentTarget.value)}
        spellCheck={false}
      />
      <select aria-label="Workspace" value={search.workspace ?? ''} onChange={(event) => onChange({ workspace: event.currentTarget.value || undefined })}>
        {may(session, 'audit.read') && <option value="">All workspaces</option>}
        {session.workspaces
          .filter(({ name }) => may(session, 'audit.read', name))
          .map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
      </select>
    </div>
  );
}
