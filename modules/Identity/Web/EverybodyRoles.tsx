import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { may, useSession } from '@/api/session';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import styles from './Identity.module.css';
import { meanings, workspacesQuery, type Role } from './queries';

const choices = ['viewer', 'member'] as const;

/** What everybody who has signed in may do in each workspace without a role of their own. */
export function EverybodyRoles() {
  const session = useSession();
  const queries = useQueryClient();
  const workspaces = useQuery(workspacesQuery);
  const set = useMutation({
    mutationFn: ({ name, everyone }: { name: string; everyone?: Role }) =>
      api.PUT('/api/v1/workspaces/{name}/everyone', { params: { path: { name } }, body: { everyone } }),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['workspaces'] }), queries.invalidateQueries({ queryKey: ['session'] })]),
  });
  return (
    <section className={styles.section} aria-label="Everybody">
      <div className={styles.sectionHead}>
        <h2>Everybody who has signed in</h2>
      </div>
      {set.isError && <Problem title="It was not set" error={set.error} />}
      {workspaces.isPending ? (
        <Skeleton lines={2} label="Reading workspaces" />
      ) : workspaces.isError ? (
        <Problem title="The workspaces could not be read" error={workspaces.error} retry={() => void workspaces.refetch()} />
      ) : (
        <ul className={styles.everybody}>
          {workspaces.data.map(({ name, title, everyone }) => (
            <li key={name}>
              <bdi>{title}</bdi>
              <select
                aria-label={`Role of everybody in ${title}`}
                value={everyone ?? ''}
                disabled={set.isPending || !may(session, 'identity.grants.write', name)}
                onChange={(event) => {
                  const chosen = event.currentTarget.value;
                  set.mutate({ name, everyone: chosen === '' ? undefined : (chosen as Role) });
                }}
              >
                <option value="">no role: sees nothing</option>
                {choices.map((role) => (
                  <option key={role} value={role}>
                    {role}: {meanings[role]}
                  </option>
                ))}
              </select>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
