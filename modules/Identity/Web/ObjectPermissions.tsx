import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api } from '@/api/client';
import { may, useSession } from '@/api/session';
import type { PanelProps } from '@/module';
import { Dialog } from '@/parts/Dialog';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import styles from './Identity.module.css';
import { grantsOnQuery, levelMeanings, levelNames, levels, type Grant, type Role } from './queries';
import { usePrincipals } from './usePrincipals';

/** Who may what with one experiment; whoever manages it gives and takes permissions. */
export const ExperimentPermissions = ({ workspace, id }: PanelProps) => (
  <Permissions workspace={workspace} resource={`workspace/${workspace}/experiment/${id}`} noun="experiment" />
);

/** Who may what with one model. */
export const ModelPermissions = ({ workspace, id }: PanelProps) => (
  <Permissions workspace={workspace} resource={`workspace/${workspace}/model/${id}`} noun="model" />
);

interface PermissionsProps {
  workspace: string;
  resource: string;
  noun: string;
}

function Permissions(props: PermissionsProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => setOpen(true)}>
        Permissions
      </Button>
      {open && <PermissionsDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function PermissionsDialog({ workspace, resource, noun, onClose }: PermissionsProps & { onClose: () => void }) {
  const session = useSession();
  const queries = useQueryClient();
  const grants = useQuery(grantsOnQuery(resource));
  const manages =
    may(session, 'identity.grants.write', workspace) ||
    (grants.data ?? []).some(({ principalId, level }) => principalId === session.principal.id && level === 'admin');
  const refresh = () => queries.invalidateQueries({ queryKey: ['grants'] });
  const take = useMutation({ mutationFn: (id: string) => api.DELETE('/api/v1/grants/{id}', { params: { path: { id } } }), onSuccess: refresh });
  const give = useMutation({
    mutationFn: ({ principalId, level }: { principalId: string; level: Role }) => api.POST('/api/v1/grants', { body: { principalId, resource, level } }),
    onSuccess: refresh,
  });
  return (
    <Dialog label={`Permissions on this ${noun}`} onClose={onClose} size={520}>
      <div className={styles.form}>
        <p className={styles.hint}>
          Besides what roles on the workspace give. The permission on the {noun} itself decides; who administers or audits the workspace is never kept out.
        </p>
        {grants.isPending ? (
          <Skeleton lines={3} label="Reading permissions" />
        ) : grants.isError ? (
          <Problem title="The permissions could not be read" error={grants.error} retry={() => void grants.refetch()} />
        ) : grants.data.length === 0 ? (
          <p className={styles.hint}>{manages ? 'Nobody has a permission of their own.' : 'You have no permission of your own here, beside your roles on the workspace.'}</p>
        ) : (
          <ul className={styles.granted} aria-label="Permissions">
            {grants.data.map((grant) => (
              <GrantRow key={grant.id} grant={grant} manages={manages} busy={give.isPending || take.isPending} onGive={give.mutate} onTake={take.mutate} />
            ))}
          </ul>
        )}
        {(take.error ?? give.error) && <Problem title="It was not changed" error={(take.error ?? give.error)!} />}
        {manages && <GiveForm busy={give.isPending} onGive={give.mutate} />}
      </div>
    </Dialog>
  );
}

interface RowProps {
  grant: Grant;
  manages: boolean;
  busy: boolean;
  onGive: (given: { principalId: string; level: Role }) => void;
  onTake: (id: string) => void;
}

function GrantRow({ grant, manages, busy, onGive, onTake }: RowProps) {
  return (
    <li>
      <span className={styles.name}>
        <bdi>{grant.principalName}</bdi>
        <small>{levelMeanings[grant.level]}</small>
      </span>
      {manages ? (
        <>
          <LevelSelect label={`Permission of ${grant.principalName}`} value={grant.level} busy={busy} onChange={(level) => onGive({ principalId: grant.principalId, level })} />
          <Button variant="subtle" color="red" size="compact-sm" disabled={busy} aria-label={`Take the permission of ${grant.principalName}`} onClick={() => onTake(grant.id)}>
            Take
          </Button>
        </>
      ) : (
        <span>{said(grant.level)}</span>
      )}
    </li>
  );
}

function GiveForm({ busy, onGive }: Pick<RowProps, 'busy' | 'onGive'>) {
  const list = useId();
  const principals = usePrincipals();
  const [name, setName] = useState('');
  const [level, setLevel] = useState<Role>('viewer');
  const known = [...principals.values()].find((principal) => principal.name === name.trim());
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onGive({ principalId: known?.id ?? name.trim(), level });
        setName('');
      }}
    >
      <TextInput label="Person or service account" value={name} onChange={(event) => setName(event.currentTarget.value)} list={list} required autoCapitalize="none" />
      <datalist id={list}>
        {[...principals.values()].map((principal) => (
          <option key={principal.id} value={principal.name} />
        ))}
      </datalist>
      <div className={styles.field}>
        <label htmlFor={`${list}level`}>Permission</label>
        <LevelSelect id={`${list}level`} value={level} busy={busy} onChange={setLevel} />
        <small>{levelMeanings[level]}</small>
      </div>
      <Button type="submit" loading={busy}>
        Give
      </Button>
    </form>
  );
}

const said = (level: Role) => (levelNames[level] ? `${level} (${levelNames[level]})` : level);

interface LevelSelectProps {
  id?: string;
  /** Where no label names it by its id. */
  label?: string;
  value: Role;
  busy: boolean;
  onChange: (level: Role) => void;
}

function LevelSelect({ id, label, value, busy, onChange }: LevelSelectProps) {
  return (
    <select id={id} aria-label={label} value={value} disabled={busy} onChange={(event) => onChange(event.currentTarget.value as Role)}>
      {levels.map((level) => (
        <option key={level} value={level}>
          {said(level)}
        </option>
      ))}
    </select>
  );
}
