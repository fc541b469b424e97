import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense } from 'react';
import { useSession } from '@/api/session';
import { useChanges } from '@/live/useLive';
import { counted, exact } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { useModules } from '@/shell/modules';
import { detailOf, sentence } from './activity';
import { FirstRun } from './FirstRun';
import { useLastVisit } from './lastVisit';
import { activityQuery, runningQuery } from './queries';
import { homeRoute } from './routes';
import { RunningRun } from './RunningRun';
import styles from './Tracking.module.css';

/** What needs me, what is running, what changed? */
export function HomePage() {
  const { workspace } = homeRoute.useParams();
  const { principal } = useSession();
  const queries = useQueryClient();
  useChanges((changes) => {
    if (!changes.some((change) => change.kind === 'resync' || change.workspace === workspace)) {
      return;
    }
    for (const queryKey of [
      ['running', workspace],
      ['activity', workspace],
      ['needs', workspace],
    ]) {
      void queries.invalidateQueries({ queryKey });
    }
  }, 1_500);
  const activity = useQuery(activityQuery(workspace));
  const fresh = activity.isSuccess && activity.data.items.length === 0;

  return (
    <Page title="Home">
      <div className={styles.home}>
        <div className={styles.wide}>
          <Needs workspace={workspace} />
        </div>
        {fresh ? (
          <div className={styles.wide}>
            <FirstRun workspace={workspace} />
          </div>
        ) : (
          <>
            <div className={styles.wide}>
              <Running workspace={workspace} />
            </div>
            <Strips workspace={workspace} />
            <div className={styles.wide}>
              <Changed workspace={workspace} me={principal.id} />
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

/** What every module says that waits for a person. */
function Needs({ workspace }: { workspace: string }) {
  const modules = useModules();
  const answers = useQueries({
    queries: modules.flatMap(({ needs }, at) =>
      needs ? [{ queryKey: ['needs', workspace, at], queryFn: ({ signal }: { signal: AbortSignal }) => needs(workspace, signal) }] : [],
    ),
  });
  const needs = answers.flatMap(({ data }) => data ?? []);
  const failed = answers.find(({ isError }) => isError);
  const loading = answers.some(({ isPending }) => isPending);
  return (
    <section className={`${styles.panel} ${needs.length > 0 ? styles.needs : ''}`} aria-labelledby="needs">
      <div className={styles.panelHead}>
        <h2 id="needs">Needs you</h2>
        {needs.length > 0 && <span>{needs.length}</span>}
      </div>
      {failed && <Problem title="Not everything could be asked" error={failed.error} />}
      {needs.length === 0 && !failed && <p className={styles.quiet}>{loading ? 'Asking…' : 'Nothing waits for you.'}</p>}
      <ul className={styles.rows}>
        {needs.map((need) => (
          <li key={need.id}>
            <i className={styles.need} aria-hidden="true" />
            <span className={styles.what}>
              <Go href={need.path}>
                <bdi>{need.title}</bdi>
              </Go>
              <span className={styles.dim}>{need.why}</span>
            </span>
            {need.atMs !== undefined && (
              <span className={styles.at}>
                <When atMs={need.atMs} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the other modules show here. */
function Strips({ workspace }: { workspace: string }) {
  return useModules().map(
    ({ home: Strip }, at) =>
      Strip && (
        <Suspense key={at}>
          <div className={`${styles.wide} ${styles.strips}`}>
            <Strip workspace={workspace} />
          </div>
        </Suspense>
      ),
  );
}

function Running({ workspace }: { workspace: string }) {
  const running = useQuery(runningQuery(workspace));
  const runs = running.data?.items ?? [];
  return (
    <section className={styles.panel} aria-labelledby="running">
      <div className={styles.panelHead}>
        <h2 id="running">Running now</h2>
        {runs.length > 0 && <span>{running.data?.next ? `more than ${runs.length}` : runs.length}</span>}
      </div>
      {running.isPending ? (
        <Skeleton lines={2} label="Reading running runs" />
      ) : running.isError ? (
        <Problem title="The running runs could not be read" error={running.error} retry={() => void running.refetch()} />
      ) : runs.length === 0 ? (
        <p className={styles.quiet}>No run is running.</p>
      ) : (
        <div className={styles.strip}>
          {runs.map((run) => (
            <RunningRun key={run.runId} workspace={workspace} run={run} />
          ))}
        </div>
      )}
    </section>
  );
}

function Changed({ workspace, me }: { workspace: string; me: string }) {
  const before = useLastVisit(workspace);
  const modules = useModules();
  const activity = useQuery(activityQuery(workspace));
  const facts = activity.data?.items ?? [];
  const since = facts.filter(({ atMs, by }) => atMs > before && by !== me).length;
  return (
    <section className={styles.panel} aria-labelledby="changed">
      <div className={styles.panelHead}>
        <h2 id="changed">{before === 0 ? 'What happened lately' : 'Since your last visit'}</h2>
        {before > 0 && (
          <span title={exact(before)}>
            {since === 0 ? 'nothing by others' : counted('change', since)} · you were here <When atMs={before} />
          </span>
        )}
      </div>
      {activity.isPending ? (
        <Skeleton lines={5} label="Reading what happened" />
      ) : activity.isError ? (
        <Problem title="What happened could not be read" error={activity.error} retry={() => void activity.refetch()} />
      ) : (
        <ul className={styles.rows}>
          {facts.slice(0, 30).map((fact) => {
            const told = modules.map(({ tell }) => tell?.({ ...fact, detail: detailOf(fact) }, workspace)).find((each) => each !== undefined);
            const { before: lead, name, after, path } = told ?? sentence(fact, workspace, fact.by === me);
            return (
              <li key={fact.position} className={before > 0 && fact.atMs > before ? styles.new : undefined}>
                <span className={styles.what}>
                  <span className={styles.dim}>{lead}</span>
                  {path ? (
                    <Go href={path}>
                      <bdi>{name}</bdi>
                    </Go>
                  ) : (
                    <bdi>{name}</bdi>
                  )}
                  {after && <span className={styles.dim}>{after}</span>}
                </span>
                <span className={styles.at}>
                  <When atMs={fact.atMs} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
