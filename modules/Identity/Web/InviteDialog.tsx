import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '@/api/client';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { Dialog } from '@/parts/Dialog';
import { Problem } from '@/parts/Problem';
import styles from './Identity.module.css';
import { meanings, roles, type Role } from './queries';

interface InviteDialogProps {
  onClose: () => void;
  onInvited: (name: string, link: { url: string; expiresMs: number }) => void;
}

/** A new person: a name, what others read, and a first role. */
export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const session = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [level, setLevel] = useState<Role | ''>('contributor');
  const [workspace, setWorkspace] = useState(session.workspaces[0]?.name ?? 'default');
  const invite = useMutation({
    mutationFn: async () => {
      const { person, invitation } = await value(api.POST('/api/v1/people', { body: { name: name.trim(), displayName: displayName.trim() || name.trim() } }));
      if (level !== '') {
        await api.POST('/api/v1/grants', { body: { principalId: person.id, resource: `workspace/${workspace}`, level } });
      }
      return { person, invitation };
    },
    onSuccess: ({ person, invitation }) => onInvited(person.displayName, invitation),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['people'] }), queries.invalidateQueries({ queryKey: ['grants'] })]),
  });
  const problem = invite.error ? asProblem(invite.error) : undefined;
  const ofName = problem?.field === 'name' ? problem.detail : problem?.faults.find(({ field }) => field === 'name')?.detail;
  return (
    <Dialog label="Invite a person" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <TextInput
          label="Name"
          description="To sign in with: lower-case letters, digits and . _ - @ inside; it cannot be changed"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={64}
          data-autofocus
          error={ofName}
        />
        <TextInput label="Name as others read it" value={displayName} onChange={(event) => setDisplayName(event.currentTarget.value)} maxLength={250} />
        <label className={styles.field}>
          First role
          <select value={level} onChange={(event) => setLevel(event.currentTarget.value as Role | '')}>
            <option value="">none yet</option>
            {roles.map((role) => (
              <option key={role} value={role}>
                {role}
              </option>
            ))}
          </select>
          <small>{level === '' ? 'sees nothing until somebody gives a role' : meanings[level]}</small>
        </label>
        {level !== '' && session.workspaces.length > 1 && (
          <label className={styles.field}>
            In workspace
            <select value={workspace} onChange={(event) => setWorkspace(event.currentTarget.value)}>
              {session.workspaces
                .filter((each) => may(session, 'identity.grants.write', each.name))
                .map((each) => (
                  <option key={each.name} value={each.name}>
                    {each.title}
                  </option>
                ))}
            </select>
          </label>
        )}
        {problem && !ofName && <Problem title="Not everything was done" error={problem} />}
        <Button type="submit" loading={invite.isPending}>
          Invite
        </Button>
      </form>
    </Dialog>
  );
}
