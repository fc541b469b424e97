import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '@/api/client';
import { may, useSession } from '@/api/session';
import { useActions } from '@/palette/actions';
import { Confirm } from '@/parts/Confirm';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Identity.module.css';
import { EverybodyRoles } from './EverybodyRoles';
import { InvitationDialog } from './InvitationDialog';
import { InviteDialog } from './InviteDialog';
import { grantsQuery, peopleQuery, type Person } from './queries';
import { RoleChips } from './RoleChips';
import { ServiceAccounts } from './ServiceAccounts';

/** Who may come in, and what may they do? */
export function PeoplePage() {
  const session = useSession();
  const writes = may(session, 'identity.people.write');
  const people = useQuery(peopleQuery);
  const grants = useQuery(grantsQuery);
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<{ name: string; url: string; expiresMs: number }>();
  const [leaving, setLeaving] = useState<Person>();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: (person: Person) => value(api.POST('/api/v1/people/{id}/invitation', { params: { path: { id: person.id } } })),
    onSuccess: (link, person) => setInvited({ name: person.displayName, ...link }),
  });
  const deactivate = useMutation({
    mutationFn: (person: Person) => api.DELETE('/api/v1/people/{id}', { params: { path: { id: person.id } } }),
    onSuccess: async () => {
      setLeaving(undefined);
      await queries.invalidateQueries({ queryKey: ['people'] });
    },
  });
  useActions(writes ? [{ id: 'invite', title: 'Invite a person', icon: 'plus', run: () => setInviting(true) }] : []);

  return (
    <Page
      title="People"
      action={
        writes && (
          <Button size="compact-md" onClick={() => setInviting(true)}>
            Invite a person
          </Button>
        )
      }
    >
      <div className={styles.stack}>
        {again.isError && <Problem title="No new link was made" error={again.error} />}
        <section className={styles.section} aria-label="People">
          <div className={styles.sectionHead}>
            <h2>People</h2>
            <span>{people.data?.length}</span>
          </div>
          {people.isPending ? (
            <Skeleton lines={4} label="Reading people" />
          ) : people.isError ? (
            <Problem title="The people could not be read" error={people.error} retry={() => void people.refetch()} />
          ) : people.data.length === 0 ? (
            <p className={styles.quiet}>
              Nobody has an account.{' '}
              {session.mode === 'local' && 'In local mode whoever sits at this machine is the owner; invite people before others reach the server.'}
            </p>
          ) : (
            <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of people">
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Person</th>
                    <th scope="col">State</th>
                    <th scope="col">Roles</th>
                    <th scope="col">Since</th>
                    <th scope="col">
                      <span className={styles.dim}>{writes ? 'Actions' : ''}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {people.data.map((person) => (
                    <tr key={person.id} className={person.deactivatedMs != null ? styles.off : undefined}>
                      <td>
                        <span className={styles.name}>
                          <bdi>{person.displayName}</bdi>
                          <small>
                            <bdi>{person.name}</bdi>
                            {person.id === session.principal.id && ' · you'}
                          </small>
                        </span>
                      </td>
                      <td>
                        {person.deactivatedMs != null ? (
                          <VerdictChip verdict="unknown" atMs={person.deactivatedMs}>
                            deactivated
                          </VerdictChip>
                        ) : person.hasPassword ? (
                          <VerdictChip verdict="yes">active</VerdictChip>
                        ) : (
                          <VerdictChip verdict="attention">invited</VerdictChip>
                        )}
                      </td>
                      <td className={styles.wrap}>
                        {grants.data && (
                          <RoleChips name={person.displayName} principalId={person.id} grants={grants.data} frozen={person.deactivatedMs != null} />
                        )}
                      </td>
                      <td data-label="since">
                        <When atMs={person.createdMs} />
                      </td>
                      <td>
                        {writes && person.deactivatedMs == null && (
                          <>
                            <Button
                              variant="subtle"
                              size="compact-sm"
                              loading={again.isPending && again.variables.id === person.id}
                              onClick={() => again.mutate(person)}
                            >
                              {person.hasPassword ? 'Reset password' : 'New link'}
                            </Button>
                            {person.id !== session.principal.id && (
                              <Button variant="subtle" color="red" size="compact-sm" onClick={() => setLeaving(person)}>
                                Deactivate
                              </Button>
                            )}
                          </>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
        <EverybodyRoles />
        <ServiceAccounts people={people.data ?? []} grants={grants.data ?? []} writes={writes} />
      </div>
      {inviting && (
        <InviteDialog
          onClose={() => setInviting(false)}
          onInvited={(name, link) => {
            setInviting(false);
            setInvited({ name, ...link });
          }}
        />
      )}
      {invited && <InvitationDialog {...invited} onClose={() => setInvited(undefined)} />}
      {leaving && (
        <Confirm
          title={`Deactivate ${leaving.displayName}?`}
          verb="Deactivate"
          undo="This cannot be taken back: the name stays taken, so that the audit keeps its meaning."
          pending={deactivate.isPending}
          error={deactivate.error}
          onConfirm={() => deactivate.mutate(leaving)}
          onClose={() => {
            setLeaving(undefined);
            deactivate.reset();
          }}
        >
          Every session and key of <bdi>{leaving.displayName}</bdi> (<bdi>{leaving.name}</bdi>) ends at once, and nobody can sign in by that name. What they
          made stays.
        </Confirm>
      )}
    </Page>
  );
}
