import { useQuery, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { useChanges } from '@/live/useLive';
import { useRecent } from '@/palette/recents';
import { EmptyState } from '@/parts/EmptyState';
import { counted } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Alerts } from './Alerts';
import { Aspects } from './Aspects';
import { Definition } from './Definition';
import styles from './Monitoring.module.css';
import { Performance } from './Performance';
import { endpointPath, modelPath } from './places';
import { monitorQuery, monitorsPath, windowsQuery, type Monitor, type WindowRow } from './queries';
import { Retraining } from './Retraining';
import { monitorRoute, type MonitorSearch } from './routes';
import { Shares } from './Shares';
import { Timeline } from './Timeline';
import { firstLook, verdictWords, withGone } from './verdicts';
import { WindowPanel } from './WindowPanel';

const none: WindowRow[] = [];

/** Has the world changed, does it matter, since when? */
export function MonitorPage() {
  const { workspace, endpoint } = monitorRoute.useParams();
  const queries = useQueryClient();
  const monitor = useQuery({ ...monitorQuery(workspace, endpoint), refetchInterval: 5_000 });
  useRecent(monitor.data && `${endpoint} monitor`, 'monitor', 'monitors');
  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place, id }) => kind === 'resync' || (/^(monitor|endpoint)$/.test(kind) && place === workspace && id === endpoint))) {
      void queries.invalidateQueries({ queryKey: ['monitor', workspace, endpoint] });
      void queries.invalidateQueries({ queryKey: ['retraining', workspace] });
    }
  }, 500);
  const crumbs = <Go href={monitorsPath(workspace)}>Monitors</Go>;

  if (monitor.isPending) {
    return (
      <Page title={endpoint} crumbs={crumbs}>
        <Skeleton lines={12} label="Reading the monitor" />
      </Page>
    );
  }
  if (!monitor.data) {
    return (
      <Page title={endpoint} crumbs={crumbs}>
        {asProblem(monitor.error).status === 404 ? (
          <EmptyState title="There is no such monitor in this workspace" why={`A monitor belongs to an endpoint, and none is called ${endpoint} here.`} />
        ) : (
          <Problem title="The monitor could not be read" error={monitor.error} retry={() => void monitor.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownMonitor workspace={workspace} monitor={monitor.data} />;
}

function ShownMonitor({ workspace, monitor }: { workspace: string; monitor: Monitor }) {
  const { endpoint } = monitor;
  const search = monitorRoute.useSearch();
  const navigate = monitorRoute.useNavigate();
  const look = (change: Partial<MonitorSearch>) => void navigate({ search: { ...search, ...change }, replace: true });
  const windows = useQuery({ ...windowsQuery(workspace, endpoint), refetchInterval: 5_000 });
  const rows = windows.data?.items ?? none;
  const versions = withGone(monitor.versions, rows);
  const watched = versions.find(({ deploymentId }) => deploymentId === search.deployment) ?? firstLook(versions);
  const mine = rows.filter(({ deploymentId }) => deploymentId === watched?.deploymentId);
  const chosen = mine.find(({ id }) => id === search.window) ?? mine[0];
  const open = monitor.alerts.filter(({ state }) => state === 'open').length;

  return (
    <Page
      title={endpoint}
      crumbs={<Go href={monitorsPath(workspace)}>Monitors</Go>}
      chips={
        <span role="status" className={styles.chips}>
          <VerdictChip verdict={monitor.verdict}>{verdictWords[monitor.verdict] ?? monitor.verdict}</VerdictChip>
          {open > 0 && <VerdictChip verdict="attention">{counted('open alert', open)}</VerdictChip>}
        </span>
      }
      facts={
        <>
          <span>
            watches <Go href={endpointPath(workspace, endpoint)}>its endpoint</Go> of{' '}
            <Go href={modelPath(workspace, monitor.model)}>
              <bdi>{monitor.model}</bdi>
            </Go>
          </span>
          <span>
            looked at predictions <When atMs={monitor.foldedMs} />
          </span>
          <span>{monitor.definitionVersion === 0 ? 'built-in definition' : `definition ${monitor.definitionVersion}`}</span>
        </>
      }
    >
      {!watched ? (
        <EmptyState title="Nothing to watch yet" why="No version has been deployed under this endpoint, so no prediction was made that could be compared with anything." />
      ) : (
        <div className={styles.stack}>
          <Aspects versions={versions} watched={watched} onWatch={(deployment) => look({ deployment, window: undefined })} />
          {windows.isError && rows.length === 0 ? (
            <Problem title="The windows could not be read" error={windows.error} retry={() => void windows.refetch()} />
          ) : (
            <Timeline monitor={monitor} windows={rows} mine={mine} chosen={chosen} onChoose={(window) => look({ window })} />
          )}
          <div className={styles.monitor}>
            <div className={styles.stack}>
              <WindowPanel workspace={workspace} endpoint={endpoint} window={chosen} feature={search.feature} onFeature={(feature) => look({ feature })} />
              <Performance workspace={workspace} endpoint={endpoint} version={watched.version} />
            </div>
            <div className={styles.stack}>
              <Alerts workspace={workspace} monitor={monitor} />
              <Shares watched={watched} window={chosen} />
              <Retraining workspace={workspace} endpoint={endpoint} />
              <Definition workspace={workspace} monitor={monitor} />
            </div>
          </div>
        </div>
      )}
    </Page>
  );
}
