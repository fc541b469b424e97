import { useQuery, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { useChanges } from '@/live/useLive';
import { useRecent } from '@/palette/recents';
import { CopyButton } from '@/parts/CopyButton';
import { EmptyState } from '@/parts/EmptyState';
import { duration, idEnd } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { useNow } from '@/parts/useNow';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { Artifacts } from './Artifacts';
import { Charts } from './Charts';
import { KeyValues } from './KeyValues';
import { LatestFigure } from './LatestFigure';
import { runQuery, runsPath, type RunDetail } from './queries';
import { runRoute, type RunSearch } from './routes';
import { RunDatasets, RunModels } from './RunInputs';
import { RunStatus } from './RunStatus';
import { splitMetrics } from './splitMetrics';
import { touchedRuns } from './liveRuns';
import styles from './Tracking.module.css';

/** What went in, what came out, how did it go? */
export function RunPage() {
  const { workspace, runId } = runRoute.useParams();
  const detail = useQuery(runQuery(workspace, runId));
  const queries = useQueryClient();
  useRecent(detail.data?.run.name, 'run', 'runs');
  useChanges((changes) => {
    if (!changes.some(({ kind }) => kind === 'resync') && !touchedRuns(changes, workspace).has(runId)) {
      return;
    }
    void queries.invalidateQueries({ queryKey: ['run', workspace, runId] });
    if (changes.some(({ kind }) => kind !== 'run')) {
      void queries.invalidateQueries({ queryKey: ['series', workspace, runId] });
    }
    void queries.invalidateQueries({ queryKey: ['artifacts', workspace, runId] });
  }, 1_200);

  if (detail.isPending) {
    return (
      <Page title="Run">
        <Skeleton lines={12} label="Reading the run" />
      </Page>
    );
  }
  if (detail.isError && !detail.data) {
    return (
      <Page title="Run" crumbs={<Go href={runsPath(workspace)}>Runs</Go>}>
        {asProblem(detail.error).status === 404 ? (
          <EmptyState
            title="There is no such run in this workspace"
            why={
              <>
                Nothing has the id <code>{runId}</code> here. It may be in another workspace, or deleted for good.
              </>
            }
          />
        ) : (
          <Problem title="The run could not be read" error={detail.error} retry={() => void detail.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownRun workspace={workspace} detail={detail.data} />;
}

function ShownRun({ workspace, detail }: { workspace: string; detail: RunDetail }) {
  const { run, experimentName, latest, datasets, models } = detail;
  const search = runRoute.useSearch();
  const navigate = runRoute.useNavigate();
  const look = (change: Partial<RunSearch>) => void navigate({ search: { ...search, ...change }, replace: true });
  const { series, single } = splitMetrics(latest);
  const tags = Object.entries(run.tags);

  return (
    <Page
      title={run.name}
      chips={<RunStatus status={run.status} />}
      crumbs={
        <>
          <Go href={`/w/${workspace}/experiments`}>Experiments</Go> /{' '}
          <Go href={runsPath(workspace, run.experimentId)}>
            <bdi>{experimentName}</bdi>
          </Go>
        </>
      }
      facts={
        <>
          {run.startedMs > 0 && (
            <span>
              started <When atMs={run.startedMs} />
            </span>
          )}
          <Took run={run} />
          {run.user && <Who name={run.user} />}
          <span>
            run <code>{idEnd(run.runId)}</code>
            <CopyButton text={run.runId} label="Copy run id" />
          </span>
          {run.lifecycle === 'deleted' && <strong>deleted: it can be restored by an MLflow client</strong>}
        </>
      }
    >
      <div className={styles.run}>
        <div className={styles.side}>
          {single.length > 0 && (
            <KeyValues
              figures
              title="Single values"
              none=""
              rows={single.map((metric) => [metric.key, <LatestFigure key={metric.key} workspace={workspace} runId={run.runId} metric={metric} />])}
            />
          )}
          <RunDatasets datasets={datasets} />
          <RunModels workspace={workspace} run={run} models={models} />
          <KeyValues title="Parameters" none='None was logged: mlflow.log_param("lr", 0.01)' rows={Object.entries(run.params)} />
          <KeyValues title="Tags" none="No tag was set." rows={tags.filter(([key]) => !key.startsWith('mlflow.'))} />
          {tags.some(([key]) => key.startsWith('mlflow.')) && (
            <KeyValues title="Set by the client" none="" rows={tags.filter(([key]) => key.startsWith('mlflow.'))} />
          )}
        </div>
        <div>
          {latest.length === 0 && (
            <section className={styles.panel}>
              <p className={styles.quiet}>{run.status === 'running' ? 'No metric yet; charts appear here with the first point.' : 'No metric was logged.'}</p>
            </section>
          )}
          <Charts workspace={workspace} runId={run.runId} metrics={series} look={search} onLook={look} />
          <Artifacts workspace={workspace} runId={run.runId} path={search.path ?? ''} onPath={(path) => look({ path: path || undefined })} />
        </div>
      </div>
    </Page>
  );
}

function Took({ run }: { run: RunDetail['run'] }) {
  const now = useNow();
  if (run.startedMs === 0) {
    return null;
  }
  return (
    <span>
      {run.endedMs
        ? `took ${duration(run.endedMs - run.startedMs)}`
        : run.status === 'running'
          ? `for ${duration(Math.max(0, now - run.startedMs))}`
          : 'no end was reported'}
    </span>
  );
}
