import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChanges } from '@/live/useLive';
import { Go } from '@/parts/Go';
import { count } from '@/parts/format';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { StateMark } from '@/parts/StateMark';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { FirstPipeline } from './FirstPipeline';
import { pipelineRunPath, pipelineRunsPath, pipelinesQuery, type Pipeline } from './queries';
import { pipelinesRoute } from './routes';
import { isGoing, progress, runMark } from './states';
import { Took } from './Took';

const none: Pipeline[] = [];
const usual: readonly Shown[] = ['name', 'state', 'steps', 'started', 'took', 'by', 'runs'].map((id) => ({ id, pinned: id === 'name' }));

const columnsFor = (workspace: string): Column<Pipeline>[] => [
  {
    id: 'name',
    title: 'Pipeline',
    width: 240,
    text: ({ name }) => name,
    cell: ({ name }) => (
      <Go href={pipelineRunsPath(workspace, name)} tabIndex={-1} title={name}>
        <bdi>{name}</bdi>
      </Go>
    ),
  },
  {
    id: 'state',
    title: 'Newest run',
    width: 130,
    text: ({ latest }) => latest.state,
    cell: ({ latest }) => (
      <Go href={pipelineRunPath(workspace, latest.id)} tabIndex={-1} title="Open the newest run">
        <StateMark mark={runMark(latest.state)} />
      </Go>
    ),
  },
  { id: 'steps', title: 'Steps', width: 180, text: ({ latest }) => progress(latest.stepStates), cell: ({ latest }) => progress(latest.stepStates) },
  {
    id: 'started',
    title: 'Started',
    width: 120,
    figure: true,
    text: ({ latest }) => latest.startedMs,
    cell: ({ latest }) => <When atMs={latest.startedMs} focusable={false} />,
  },
  {
    id: 'took',
    title: 'Took',
    width: 100,
    figure: true,
    text: ({ latest }) => latest.endedMs && latest.endedMs - latest.startedMs,
    cell: ({ latest }) => <Took {...latest} going={isGoing(latest.state)} />,
  },
  { id: 'by', title: 'By', width: 130, text: ({ latest }) => latest.byName, cell: ({ latest }) => <bdi>{latest.byName}</bdi> },
  { id: 'runs', title: 'Runs', width: 80, figure: true, text: ({ runs }) => runs, cell: ({ runs }) => count(runs) },
];

/** Which pipelines are there, and how did each go last? */
export function PipelinesPage() {
  const { workspace } = pipelinesRoute.useParams();
  const search = pipelinesRoute.useSearch();
  const navigate = pipelinesRoute.useNavigate();
  const queries = useQueryClient();
  const pipelines = useInfiniteQuery(pipelinesQuery(workspace));
  const rows = useMemo(() => pipelines.data?.pages.flatMap(({ items }) => items) ?? none, [pipelines.data]);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));

  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'pipelineRun' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['pipelines', workspace] });
    }
  });

  return (
    <Page
      title="Pipelines"
      fill
      action={
        <Button component={Go} href={pipelineRunsPath(workspace)} size="compact-md" variant="default">
          All runs
        </Button>
      }
      toolbar={rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}
    >
      {pipelines.isPending ? (
        <Skeleton lines={8} label="Reading pipelines" />
      ) : pipelines.isError && rows.length === 0 ? (
        <Problem title="The pipelines could not be read" error={pipelines.error} retry={() => void pipelines.refetch()} />
      ) : rows.length === 0 ? (
        <FirstPipeline workspace={workspace} />
      ) : (
        <>
          <DataTable
            label="Pipelines"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ name }) => name}
            href={({ name }) => pipelineRunsPath(workspace, name)}
            onSort={() => undefined}
            hasMore={pipelines.hasNextPage}
            loadingMore={pipelines.isFetchingNextPage}
            loadMore={() => void pipelines.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={pipelines.hasNextPage} loading={pipelines.isFetchingNextPage} />
        </>
      )}
    </Page>
  );
}
