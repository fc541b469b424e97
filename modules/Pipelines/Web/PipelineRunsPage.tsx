import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CopyButton } from '@/parts/CopyButton';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { StateMark } from '@/parts/StateMark';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { ExportButton } from '@/table/ExportButton';
import { NewRows } from '@/table/NewRows';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { FirstPipeline } from './FirstPipeline';
import { pipelineRunPage, pipelineRunPath, pipelineRunsPath, pipelineRunsQuery, pipelinesPath, type RunSummary } from './queries';
import { pipelineRunsRoute } from './routes';
import { isGoing, progress, runMark } from './states';
import { Took } from './Took';
import { useLivePipelineRuns } from './useLivePipelineRuns';

const none: RunSummary[] = [];

const columnsFor = (workspace: string): Column<RunSummary>[] => [
  {
    id: 'id',
    title: 'Run',
    width: 110,
    text: ({ id }) => id,
    cell: ({ id }) => (
      <Go href={pipelineRunPath(workspace, id)} tabIndex={-1} title={id}>
        <code>{id.slice(-8)}</code>
      </Go>
    ),
  },
  {
    id: 'pipeline',
    title: 'Pipeline',
    width: 220,
    text: ({ pipeline }) => pipeline,
    cell: ({ pipeline }) => (
      <Go href={pipelineRunsPath(workspace, pipeline)} tabIndex={-1}>
        <bdi>{pipeline}</bdi>
      </Go>
    ),
  },
  { id: 'state', title: 'State', width: 120, text: ({ state }) => state, cell: ({ state }) => <StateMark mark={runMark(state)} /> },
  { id: 'steps', title: 'Steps', width: 200, text: ({ stepStates }) => progress(stepStates), cell: ({ stepStates }) => progress(stepStates) },
  {
    id: 'started',
    title: 'Started',
    width: 120,
    figure: true,
    text: ({ startedMs }) => startedMs,
    cell: ({ startedMs }) => <When atMs={startedMs} focusable={false} />,
  },
  {
    id: 'took',
    title: 'Took',
    width: 100,
    figure: true,
    text: ({ startedMs, endedMs }) => endedMs && endedMs - startedMs,
    cell: (run) => <Took {...run} going={isGoing(run.state)} />,
  },
  { id: 'by', title: 'By', width: 140, text: ({ byName }) => byName, cell: ({ byName }) => <bdi>{byName}</bdi> },
  {
    id: 'definition',
    title: 'Definition',
    width: 110,
    text: ({ definitionDigest }) => definitionDigest,
    cell: ({ definitionDigest }) => <code title={definitionDigest}>{definitionDigest.slice(0, 8)}</code>,
  },
];

const usualFor = (pipeline: string | undefined): Shown[] =>
  ['id', ...(pipeline === undefined ? ['pipeline'] : []), 'state', 'steps', 'started', 'took', 'by', 'definition'].map((id) => ({ id, pinned: id === 'id' }));

/** How did the runs of a pipeline go? Of one, or of all. */
export function PipelineRunsPage() {
  const { workspace } = pipelineRunsRoute.useParams();
  const search = pipelineRunsRoute.useSearch();
  const navigate = pipelineRunsRoute.useNavigate();
  const { pipeline } = search;
  const runs = useInfiniteQuery(pipelineRunsQuery(workspace, pipeline));
  const rows = useMemo(() => runs.data?.pages.flatMap(({ items }) => items) ?? none, [runs.data]);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const usual = useMemo(() => usualFor(pipeline), [pipeline]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));
  const loaded = useMemo(() => new Set(rows.map(({ id }) => id)), [rows]);
  const { waiting, reveal } = useLivePipelineRuns(workspace, pipeline, loaded);

  return (
    <Page
      title={pipeline ?? 'Pipeline runs'}
      crumbs={<Go href={pipelinesPath(workspace)}>Pipelines</Go>}
      facts={
        pipeline !== undefined && (
          <>
            <span>
              pipeline <bdi>{pipeline}</bdi>
              <CopyButton text={pipeline} label="Copy the pipeline's name" />
            </span>
            <Go href={pipelineRunsPath(workspace)}>runs of all pipelines</Go>
          </>
        )
      }
      fill
      toolbar={
        rows.length > 0 && (
          <>
            <ColumnPicker columns={columns} shown={shown} onShown={set} />
            <ExportButton
              name={`${pipeline ?? 'pipeline'}-runs.csv`}
              columns={shown.flatMap(({ id }) => columns.filter((column) => column.id === id))}
              page={(cursor, signal) => pipelineRunPage(workspace, pipeline, cursor, signal)}
            />
          </>
        )
      }
    >
      {runs.isPending ? (
        <Skeleton lines={8} label="Reading pipeline runs" />
      ) : runs.isError && rows.length === 0 ? (
        <Problem title="The pipeline runs could not be read" error={runs.error} retry={() => void runs.refetch()} />
      ) : rows.length === 0 ? (
        <FirstPipeline workspace={workspace} pipeline={pipeline} />
      ) : (
        <>
          <NewRows noun="run" amount={waiting} onReveal={reveal} />
          <DataTable
            label="Pipeline runs"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ id }) => id}
            href={({ id }) => pipelineRunPath(workspace, id)}
            onSort={() => undefined}
            hasMore={runs.hasNextPage}
            loadingMore={runs.isFetchingNextPage}
            loadMore={() => void runs.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={runs.hasNextPage} loading={runs.isFetchingNextPage} />
        </>
      )}
    </Page>
  );
}
