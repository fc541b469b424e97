import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { may, useSession } from '@/api/session';
import { Dialog } from '@/parts/Dialog';
import { Icon } from '@/parts/Icon';
import { Problem } from '@/parts/Problem';
import styles from './Identity.module.css';
import { levelMeanings, levels, meanings, place, roles, type Grant, type Role } from './queries';

interface RoleChipsProps {
  name: string;
  principalId: string;
  grants: readonly Grant[];
  /** The principal is deactivated: roles are shown, not changed. */
  frozen: boolean;
}

/** What a principal may do, and where; whoever may, gives and takes roles here. */
export function RoleChips({ name, principalId, grants, frozen }: RoleChipsProps) {
  const session = useSession();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const changes = (resource: string) => !frozen && may(session, 'identity.grants.write', resource.split('/')[1]);
  const refresh = () => queries.invalidateQueries({ queryKey: ['grants'] });
  const take = useMutation({ mutationFn: (id: string) => api.DELETE('/api/v1/grants/{id}', { params: { path: { id } } }), onSuccess: refresh });
  const mine = grants.filter((grant) => grant.principalId === principalId);
  return (
    <>
      {mine.map((grant) => (
        <span key={grant.id} className={styles.role}>
          {grant.level} <span>{place(grant.resource)}</span>
          {changes(grant.resource) ? (
            <button
              type="button"
              aria-label={`Take the role ${grant.level} in ${place(grant.resource)} from ${name}`}
              disabled={take.isPending}
              onClick={() => take.mutate(grant.id)}
            >
              <Icon name="close" size={12} />
            </button>
          ) : (
            <span>&nbsp;</span>
          )}
        </span>
      ))}
      {mine.length === 0 && <span className={styles.dim}>no role </span>}
      {!frozen && session.workspaces.some((workspace) => changes(`workspace/${workspace.name}`)) && (
        <button type="button" className={styles.add} onClick={() => setAdding(true)} aria-label={`Give ${name} a role`}>
          + role
        </button>
      )}
      {take.isError && <Problem title="The role was not taken" error={take.error} />}
      {adding && (
        <AddRole
          name={name}
          principalId={principalId}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            void refresh();
          }}
        />
      )}
    </>
  );
}

function AddRole({ name, principalId, onClose, onDone }: { name: string; principalId: string; onClose: () => void; onDone: () => void }) {
  const session = useSession();
  const [level, setLevel] = useState<Role>('viewer');
  const [within, setWithin] = useState(`workspace/${session.workspaces[0]?.name ?? 'default'}`);
  const [kind, setKind] = useState<'' | 'experiment' | 'model'>('');
  const [id, setId] = useState('');
  const resource = kind === '' ? within : `${within}/${kind}/${id.trim()}`;
  const ofWorkspace = within !== 'server' && within !== 'workspace/*';
  const offered = kind === '' ? roles : levels;
  const chosen = offered.includes(level) ? level : 'viewer';
  const give = useMutation({ mutationFn: () => api.POST('/api/v1/grants', { body: { principalId, resource, level: chosen } }), onSuccess: onDone });
  return (
    <Dialog label={`Give ${name} a role`} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          give.mutate();
        }}
      >
        <label className={styles.field}>
          Role
          <select value={chosen} onChange={(event) => setLevel(event.currentTarget.value as Role)} data-autofocus>
            {offered.map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </select>
          <small>{(kind !== '' && levelMeanings[chosen]) || meanings[chosen]}</small>
        </label>
        <label className={styles.field}>
          Where
          <select
            value={within}
            onChange={(event) => {
              setWithin(event.currentTarget.value);
              setKind('');
            }}
          >
            {session.workspaces.map((workspace) => (
              <option key={workspace.name} value={`workspace/${workspace.name}`}>
                {workspace.title}
              </option>
            ))}
            {may(session, 'identity.grants.write') && <option value="workspace/*">every workspace, later ones too</option>}
            {may(session, 'identity.grants.write') && <option value="server">the whole server</option>}
          </select>
        </label>
        {ofWorkspace && (
          <label className={styles.field}>
            On
            <select value={kind} onChange={(event) => setKind(event.currentTarget.value as '' | 'experiment' | 'model')}>
              <option value="">everything there</option>
              <option value="experiment">one experiment</option>
              <option value="model">one model</option>
            </select>
          </label>
        )}
        {kind !== '' && (
          <TextInput
            label={kind === 'experiment' ? 'Id of the experiment' : 'Name of the model'}
            value={id}
            onChange={(event) => setId(event.currentTarget.value)}
            required
          />
        )}
        {give.error && <Problem title="The role was not given" error={give.error} />}
        <Button type="submit" loading={give.isPending}>
          Give the role
        </Button>
      </form>
    </Dialog>
  );
}
