import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { Dialog } from '@/parts/Dialog';
import { Confirm } from '@/parts/Confirm';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Identity.module.css';
import { serviceAccountsQuery, type Grant, type Person, type ServiceAccount } from './queries';
import { RoleChips } from './RoleChips';

interface ServiceAccountsProps {
  people: readonly Person[];
  grants: readonly Grant[];
  writes: boolean;
}

/** Programs that act in their own name, and the person who answers for each. */
export function ServiceAccounts({ people, grants, writes }: ServiceAccountsProps) {
  const accounts = useQuery(serviceAccountsQuery);
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<ServiceAccount>();
  const deactivate = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/service-accounts/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      setLeaving(undefined);
      await queries.invalidateQueries({ queryKey: ['service-accounts'] });
    },
  });
  return (
    <section className={styles.section} aria-label="Service accounts">
      <div className={styles.sectionHead}>
        <h2>Service accounts</h2>
        <span>programs with keys of their own</span>
        {writes && people.length > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => setAdding(true)}>
            New service account
          </Button>
        )}
      </div>
      {accounts.isPending ? (
        <Skeleton lines={2} label="Reading service accounts" />
      ) : accounts.isError ? (
        <Problem title="The service accounts could not be read" error={accounts.error} />
      ) : accounts.data.length === 0 ? (
        <p className={styles.quiet}>
          None. A pipeline or a job should act in its own name, not in a person&apos;s: its key then outlives nobody&apos;s leaving and the audit says which
          program it was.{people.length === 0 && ' It needs a person who answers for it; invite one first.'}
        </p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of service accounts">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Service account</th>
                <th scope="col">Answers for it</th>
                <th scope="col">Roles</th>
                <th scope="col">Since</th>
                <th scope="col">
                  <span className={styles.dim}>{writes ? 'Actions' : ''}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {accounts.data.map((account) => (
                <tr key={account.id} className={account.deactivatedMs != null ? styles.off : undefined}>
                  <td>
                    <span className={styles.name}>
                      <bdi>{account.displayName}</bdi>
                      <small>
                        <bdi>{account.name}</bdi>
                      </small>
                    </span>
                  </td>
                  <td data-label="owner">
                    <bdi>{account.ownerName}</bdi>{' '}
                    {!account.ownerActive && account.deactivatedMs == null && <VerdictChip verdict="attention">left</VerdictChip>}
                  </td>
                  <td className={styles.wrap}>
                    <RoleChips name={account.displayName} principalId={account.id} grants={grants} frozen={account.deactivatedMs != null} />
                  </td>
                  <td data-label="since">
                    <When atMs={account.createdMs} />
                  </td>
                  <td>
                    {account.deactivatedMs != null ? (
                      <VerdictChip verdict="unknown">deactivated</VerdictChip>
                    ) : (
                      writes && (
                        <Button variant="subtle" color="red" size="compact-sm" onClick={() => setLeaving(account)}>
                          Deactivate
                        </Button>
                      )
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {adding && <NewServiceAccount people={people.filter(({ deactivatedMs }) => deactivatedMs == null)} onClose={() => setAdding(false)} />}
      {leaving && (
        <Confirm
          title={`Deactivate ${leaving.displayName}?`}
          verb="Deactivate"
          undo="This cannot be taken back; a new service account needs another name."
          pending={deactivate.isPending}
          error={deactivate.error}
          onConfirm={() => deactivate.mutate(leaving.id)}
          onClose={() => {
            setLeaving(undefined);
            deactivate.reset();
          }}
        >
          Every key of <bdi>{leaving.displayName}</bdi> stops at once, and so does whatever uses one.
        </Confirm>
      )}
    </section>
  );
}

function NewServiceAccount({ people, onClose }: { people: readonly Person[]; onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [ownerId, setOwnerId] = useState(people[0]?.id ?? '');
  const create = useMutation({
    mutationFn: () => api.POST('/api/v1/service-accounts', { body: { name: name.trim(), displayName: displayName.trim() || name.trim(), ownerId } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['service-accounts'] });
      onClose();
    },
  });
  return (
    <Dialog label="New service account" onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label="Name"
          description="Lower-case letters, digits and . _ - @ inside, such as nightly-training"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={64}
          data-autofocus
        />
        <TextInput label="Name as others read it" value={displayName} onChange={(event) => setDisplayName(event.currentTarget.value)} maxLength={250} />
        <label className={styles.field}>
          Answers for it
          <select value={ownerId} onChange={(event) => setOwnerId(event.currentTarget.value)}>
            {people.map((person) => (
              <option key={person.id} value={person.id}>
                {person.displayName} ({person.name})
              </option>
            ))}
          </select>
        </label>
        {create.error && <Problem title="It was not made" error={create.error} />}
        <Button type="submit" loading={create.isPending}>
          Make the service account
        </Button>
      </form>
    </Dialog>
  );
}
