import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '@/api/client';
import { may, useSession } from '@/api/session';
import { Dialog } from '@/parts/Dialog';
import { CopyButton } from '@/parts/CopyButton';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Snippet } from '@/parts/Snippet';
import { useWorkspace } from '@/shell/workspace';
import styles from './Identity.module.css';
import { roles, serviceAccountsQuery, type Role } from './queries';

const lives = [
  [7, '7 days'],
  [30, '30 days'],
  [90, '90 days'],
  [365, '1 year'],
] as const;

/** A key for oneself or for a service account; its secret is shown this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const queries = useQueryClient();
  const here = useWorkspace();
  const others = useQuery({ ...serviceAccountsQuery, enabled: may(session, 'identity.people.read') });
  // Whoever sits at the machine needs no key in local mode; programs elsewhere act as a service account.
  const self = session.principal.kind !== 'localOwner';
  const accounts = others.data?.filter(({ deactivatedMs }) => deactivatedMs == null) ?? [];
  const [form, setForm] = useState({ name: '', principalId: '', workspace: here, level: '', days: 90 });
  const principalId = form.principalId || (self ? '' : (accounts[0]?.id ?? ''));
  const create = useMutation({
    mutationFn: () =>
      value(
        api.POST('/api/v1/keys', {
          body: {
            name: form.name.trim(),
            workspace: form.workspace,
            expiresInDays: form.days,
            ...(principalId === '' ? {} : { principalId }),
            ...(form.level === '' ? {} : { level: form.level as Role }),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  const pick = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) =>
    setForm({ ...form, [name]: name === 'days' ? Number(event.currentTarget.value) : event.currentTarget.value });

  if (create.data) {
    const { key, secret } = create.data;
    const address = key.workspace === 'default' ? location.origin : `${location.origin}/w/${key.workspace}`;
    return (
      <Dialog label={`The key ${key.name}`} onClose={onClose} size={620} sticky>
        <div className={styles.form}>
          <p className={styles.hint}>Copy it now: it is shown this once and kept nowhere, only its digest.</p>
          <div className={styles.secret}>
            <code>{secret}</code>
            <CopyButton text={secret} label="Copy the key" />
          </div>
          <Snippet
            label="How to use the key"
            tabs={[
              { language: 'MLflow', code: `export MLFLOW_TRACKING_URI=${address}\nexport MLFLOW_TRACKING_TOKEN=${secret}` },
              { language: 'curl', code: `curl -H 'Authorization: Bearer ${secret}' ${location.origin}/api/v1/session` },
            ]}
          />
          <Button onClick={onClose}>I have copied it</Button>
        </div>
      </Dialog>
    );
  }
  if (!self && others.isSuccess && accounts.length === 0) {
    return (
      <Dialog label="New key" onClose={onClose}>
        <p className={styles.hint}>
          On this machine you are the owner and need no key. A key is for a program elsewhere, which acts as a service account: <Go href="/people">make one</Go>{' '}
          first.
        </p>
      </Dialog>
    );
  }
  return (
    <Dialog label="New key" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label="What it is for"
          placeholder="my laptop, nightly training"
          value={form.name}
          onChange={pick('name')}
          required
          maxLength={250}
          data-autofocus
        />
        <label className={styles.field}>
          Acts as
          <select value={principalId} onChange={pick('principalId')}>
            {self && <option value="">{session.principal.displayName} (you)</option>}
            {accounts.map((account) => (
              <option key={account.id} value={account.id}>
                {account.displayName} (service account)
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          Workspace
          <select value={form.workspace} onChange={pick('workspace')}>
            {session.workspaces.map((workspace) => (
              <option key={workspace.name} value={workspace.name}>
                {workspace.title}
              </option>
            ))}
          </select>
          <small>where requests go that name none</small>
        </label>
        <label className={styles.field}>
          May do at most
          <select value={form.level} onChange={pick('level')}>
            <option value="">everything its owner may</option>
            {roles.map((role) => (
              <option key={role} value={role}>
                what a {role} may
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          Ends after
          <select value={form.days} onChange={pick('days')}>
            {lives.map(([days, title]) => (
              <option key={days} value={days}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {create.error && <Problem title="The key was not made" error={create.error} />}
        <Button type="submit" loading={create.isPending}>
          Make the key
        </Button>
      </form>
    </Dialog>
  );
}
