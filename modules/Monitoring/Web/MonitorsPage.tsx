import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChanges } from '@/live/useLive';
import { EmptyState } from '@/parts/EmptyState';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Snippet } from '@/parts/Snippet';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { modelPath } from './places';
import { monitorPath, monitorsQuery, type MonitorRow } from './queries';
import { monitorsRoute } from './routes';
import { setMonitor } from './snippets';
import { aspectNames, verdictWords, versionSaid, worst } from './verdicts';

const none: MonitorRow[] = [];
const usual: readonly Shown[] = ['endpoint', 'verdict', 'alerts', 'model', 'versions', 'population', 'decisions', 'performance', 'fairness', 'folded'].map((id) => ({
  id,
  pinned: id === 'endpoint',
}));

/** The worst verdict of an aspect over the versions that answer. */
const aspectOf = ({ versions }: MonitorRow, name: string) =>
  worst(versions.filter(({ role }) => role !== 'gone').flatMap(({ verdicts }) => verdicts.filter(({ aspect }) => aspect === name)));

const aspectColumn = (name: string): Column<MonitorRow> => ({
  id: name,
  title: `${name[0]?.toUpperCase()}${name.slice(1)}`,
  width: 176,
  text: (row) => aspectOf(row, name)?.verdict,
  cell: (row) => {
    const aspect = aspectOf(row, name);
    return (
      <span title={aspect?.detail}>
        <VerdictChip verdict={aspect?.verdict ?? 'unknown'} quiet>
          {verdictWords[aspect?.verdict ?? 'unknown'] ?? ''}
        </VerdictChip>
      </span>
    );
  },
});

const columnsFor = (workspace: string): Column<MonitorRow>[] => [
  {
    id: 'endpoint',
    title: 'Endpoint',
    width: 190,
    text: ({ endpoint }) => endpoint,
    cell: ({ endpoint }) => (
      <Go href={monitorPath(workspace, endpoint)} tabIndex={-1} title={endpoint}>
        <bdi>{endpoint}</bdi>
      </Go>
    ),
  },
  {
    id: 'verdict',
    title: 'Verdict',
    width: 170,
    text: ({ verdict }) => verdict,
    cell: ({ verdict }) => (
      <VerdictChip verdict={verdict} quiet>
        {verdictWords[verdict] ?? verdict}
      </VerdictChip>
    ),
  },
  { id: 'alerts', title: 'Open alerts', width: 100, figure: true, text: ({ openAlerts }) => openAlerts, cell: ({ openAlerts }) => count(openAlerts) },
  {
    id: 'model',
    title: 'Model',
    width: 200,
    text: ({ model }) => model,
    cell: ({ model }) => (
      <Go href={modelPath(workspace, model)} tabIndex={-1} title={model}>
        <bdi>{model}</bdi>
      </Go>
    ),
  },
  {
    id: 'versions',
    title: 'Versions at work',
    width: 200,
    text: ({ versions }) => atWork(versions),
    cell: ({ versions }) => <span title={atWork(versions)}>{atWork(versions) || '–'}</span>,
  },
  ...Object.keys(aspectNames).map(aspectColumn),
  {
    id: 'folded',
    title: 'Looked at',
    width: 110,
    figure: true,
    text: ({ foldedMs }) => foldedMs,
    cell: ({ foldedMs }) => <When atMs={foldedMs} focusable={false} />,
  },
];

const atWork = (versions: MonitorRow['versions']): string =>
  versions
    .filter(({ role }) => role !== 'gone')
    .map(versionSaid)
    .join('; ');

/** Which endpoints are still what was approved? */
export function MonitorsPage() {
  const { workspace } = monitorsRoute.useParams();
  const search = monitorsRoute.useSearch();
  const navigate = monitorsRoute.useNavigate();
  const queries = useQueryClient();
  const monitors = useQuery(monitorsQuery(workspace));
  const rows = monitors.data?.items ?? none;
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));

  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (/^(monitor|endpoint)$/.test(kind) && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['monitors', workspace] });
    }
  });

  return (
    <Page title="Monitors" fill toolbar={rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}>
      {monitors.isPending ? (
        <Skeleton lines={8} label="Reading monitors" />
      ) : monitors.isError && rows.length === 0 ? (
        <Problem title="The monitors could not be read" error={monitors.error} retry={() => void monitors.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title="No monitor yet"
          why="Each endpoint has a monitor as soon as a version is deployed: it compares what comes in with what the version was trained on, the share of each decision with its approved band, and, once outcomes are reported, what happened with what was predicted. What it does about it is a YAML file."
        >
          <Snippet label="Define a monitor" tabs={setMonitor(workspace, 'my-endpoint')} />
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Monitors"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ endpoint }) => endpoint}
            href={({ endpoint }) => monitorPath(workspace, endpoint)}
            onSort={() => undefined}
            hasMore={false}
            loadingMore={false}
            loadMore={() => undefined}
          />
          <TableFoot loaded={rows.length} hasMore={false} loading={false} />
        </>
      )}
    </Page>
  );
}
