import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { useActions } from '@/palette/actions';
import { Confirm } from '@/parts/Confirm';
import { EmptyState } from '@/parts/EmptyState';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { useNow } from '@/parts/useNow';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Identity.module.css';
import { keyState } from './keyState';
import { NewKeyDialog } from './NewKeyDialog';
import { keysQuery, type Key } from './queries';

/** Which programs come in by which key, and until when? */
export function KeysPage() {
  const keys = useQuery(keysQuery);
  const queries = useQueryClient();
  const now = useNow();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Key>();
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/keys/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      setRevoking(undefined);
      await queries.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  useActions([{ id: 'new key', title: 'Make an API key', icon: 'plus', run: () => setAdding(true) }]);
  const none = keys.data?.length === 0;
  return (
    <Page
      title="Keys"
      action={
        <Button size="compact-md" onClick={() => setAdding(true)}>
          New key
        </Button>
      }
    >
      {keys.isPending ? (
        <Skeleton lines={5} label="Reading keys" />
      ) : keys.isError ? (
        <Problem title="The keys could not be read" error={keys.error} retry={() => void keys.refetch()} />
      ) : none ? (
        <EmptyState
          title="No key yet"
          why="A key lets a program or an MLflow client in without a password: as MLFLOW_TRACKING_TOKEN, as a Bearer token, or as the password of Basic. It can be revoked alone, and the audit says which one was used."
        />
      ) : (
        <section className={styles.section} aria-label="Keys">
          <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of keys">
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Key</th>
                  <th scope="col">State</th>
                  <th scope="col">Acts as</th>
                  <th scope="col">Workspace</th>
                  <th scope="col">At most</th>
                  <th scope="col">Last used</th>
                  <th scope="col">Expires</th>
                  <th scope="col">
                    <span className={styles.dim}>Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {keys.data.map((key) => {
                  const state = keyState(key, now);
                  return (
                    <tr key={key.id} className={state.over ? styles.off : undefined}>
                      <td>
                        <span className={styles.name}>
                          <bdi>{key.name}</bdi>
                          <small>
                            <code>{key.id}</code>
                          </small>
                        </span>
                      </td>
                      <td>
                        <VerdictChip verdict={state.verdict}>{state.word}</VerdictChip>
                      </td>
                      <td data-label="acts as">
                        <bdi>{key.principalName}</bdi>
                      </td>
                      <td data-label="workspace">{key.workspace}</td>
                      <td data-label="at most">{key.level ?? <span className={styles.dim}>all of its roles</span>}</td>
                      <td data-label="last used">{key.lastUsedMs == null ? <span className={styles.dim}>never</span> : <When atMs={key.lastUsedMs} />}</td>
                      <td data-label="expires">
                        <When atMs={key.expiresMs} />
                      </td>
                      <td>
                        {!state.over && (
                          <Button variant="subtle" color="red" size="compact-sm" onClick={() => setRevoking(key)}>
                            Revoke
                          </Button>
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {adding && <NewKeyDialog onClose={() => setAdding(false)} />}
      {revoking && (
        <Confirm
          title={`Revoke ${revoking.name}?`}
          verb="Revoke key"
          undo="This cannot be taken back; make a new key and put it in its place first."
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(revoking.id)}
          onClose={() => {
            setRevoking(undefined);
            revoke.reset();
          }}
        >
          Whatever uses <code>{revoking.id}</code> is refused from now on. It acts as <bdi>{revoking.principalName}</bdi>;{' '}
          {revoking.lastUsedMs == null ? (
            'it was never used.'
          ) : (
            <>
              it was last used <When atMs={revoking.lastUsedMs} />.
            </>
          )}
        </Confirm>
      )}
    </Page>
  );
}
