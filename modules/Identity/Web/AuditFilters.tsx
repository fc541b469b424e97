import { useEffect, useState, type RefObject } from 'react';
import type { Session } from '@/api/session';
import styles from './Identity.module.css';
import type { AuditSearch } from './routes';

interface AuditFiltersProps {
  first: RefObject<HTMLInputElement | null>;
  search: AuditSearch;
  workspaces: Session['workspaces'];
  onChange: (next: Partial<AuditSearch>) => void;
}

/** Who, what, where; asked when somebody has stopped typing. */
export function AuditFilters({ first, search, workspaces, onChange }: AuditFiltersProps) {
  const [actor, setActor] = useState(search.actor ?? '');
  const [action, setAction] = useState(search.action ?? '');
  useEffect(() => {
    if (actor.trim() === (search.actor ?? '') && action.trim() === (search.action ?? '')) { return undefined; }
    const timer = setTimeout(() => onChange({ actor: actor.trim() || undefined, action: action.trim() || undefined }), 350);
    return () => clearTimeout(timer);
  }, [actor, action, search.actor, search.action, onChange]);
  return (
    <div className={styles.filters} role="search">
      <input ref={first} type="search" placeholder="Who" aria-label="Who" value={actor} onChange={(event) => setActor(event.currentTarget.value)} spellCheck={false} />
      <input type="search" placeholder="Action, such as key.create" aria-label="Action" value={action} onChange={(event) => setAction(event.currentTarget.value)} spellCheck={false} />
      <select aria-label="Workspace" value={search.workspace ?? ''} onChange={(event) => onChange({ workspace: event.currentTarget.value || undefined })}>
        <option value="">All workspaces</option>
        {workspaces.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
      </select>
    </div>
  );
}
