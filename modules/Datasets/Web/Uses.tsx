import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useChanges } from '@/live/useLive';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { useState } from 'react';
import styles from './Datasets.module.css';
import { nouns, placeOf } from './places';
import { usesQuery } from './queries';

const atFirst = 10;
/** What may read a dataset, as live changes call it. */
const readers = new Set(['pipelineRun', 'run', 'model', 'modelVersion']);

/** Who uses it: pipeline runs, training runs and models that read a version or a part of one. */
export function Uses({ workspace, name, shown }: { workspace: string; name: string; shown: number }) {
  const uses = useQuery(usesQuery(workspace, name));
  const [most, setMost] = useState(atFirst);
  const items = uses.data?.items ?? [];
  const queries = useQueryClient();
  useChanges((changes) => {
    if (changes.some((change) => readers.has(change.kind) && change.workspace === workspace)) {
      void queries.invalidateQueries({ queryKey: usesQuery(workspace, name).queryKey });
    }
  }, 1_000);
  return (
    <section className={styles.panel} aria-labelledby="uses">
      <div className={styles.panelHead}>
        <h2 id="uses">Used by</h2>
        {items.length > 0 && <span>{count(items.length)}</span>}
      </div>
      {uses.isPending ? (
        <Skeleton lines={3} label="Reading who uses it" />
      ) : uses.isError ? (
        <Problem title="Its uses could not be read" error={uses.error} retry={() => void uses.refetch()} />
      ) : items.length === 0 ? (
        <p className={styles.quiet}>Nothing has read it yet. Runs, pipelines and models appear here by themselves.</p>
      ) : (
        <ul className={styles.rows} aria-label="Used by">
          {items.slice(0, most).map((use, at) => {
            const path = placeOf(workspace, use);
            return (
              <li key={at}>
                <span className={styles.user}>
                  {path ? (
                    <Go href={path}>
                      <bdi>{use.title}</bdi>
                    </Go>
                  ) : (
                    <bdi>{use.title}</bdi>
                  )}
                  <small>
                    {nouns[use.kind] ?? use.kind}
                    {use.version !== shown && ` · version ${use.version}`}
                    {use.part && ` · ${use.part}`}
                  </small>
                </span>
                <span className={styles.at}>
                  <When atMs={use.atMs} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {items.length > most && (
        <button type="button" className={styles.more} onClick={() => setMost(most + 50)}>
          {count(items.length - most)} more
        </button>
      )}
    </section>
  );
}
