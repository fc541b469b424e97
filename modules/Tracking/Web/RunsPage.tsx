import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { useRecent } from '@/palette/recents';
import { csv, download } from '@/parts/csv';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { EmptyState } from '@/parts/EmptyState';
import { Panels } from '@/shell/Panels';
import { BulkBar } from '@/table/BulkBar';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { ExportButton } from '@/table/ExportButton';
import { FilterField } from '@/table/FilterField';
import { NewRows } from '@/table/NewRows';
import { nextSort } from '@/table/search';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { FirstRun } from './FirstRun';
import { loggedModelsPath } from './loggedModelQueries';
import { MoveDialog } from './MoveDialog';
import { experimentQuery, runCountQuery, runPage, runPath, runsQuery, type Run } from './queries';
import { runsRoute, type RunsSearch } from './routes';
import { keysOf, runColumns, runFields, usualColumns } from './runColumns';
import { putAway } from './trash';
import { useLiveRuns } from './useLiveRuns';

const noRuns: Run[] = [];

/** Which run is best, and why? Every run of an experiment, or of the workspace, with its metrics and parameters as columns. */
export function RunsPage() {
  const { workspace } = runsRoute.useParams();
  const search = runsRoute.useSearch();
  const navigate = runsRoute.useNavigate();
  const change = (next: Partial<RunsSearch>) => void navigate({ search: { ...search, ...next }, replace: true });
  const { experiment, filter, sort } = search;
  const question = useMemo(() => ({ experiment, filter, sort }), [experiment, filter, sort]);

  const named = useQuery({ ...experimentQuery(workspace, experiment ?? ''), enabled: experiment !== undefined });
  const runs = useInfiniteQuery({ ...runsQuery(workspace, question), placeholderData: keepPreviousData });
  const pages = runs.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? noRuns, [pages]);
  const loaded = useMemo(() => new Set(rows.map(({ runId }) => runId)), [rows]);
  const keys = useMemo(() => keysOf(pages ?? []), [pages]);
  const columns = useMemo(() => runColumns(workspace, keys), [workspace, keys]);
  const usual = useMemo(() => usualColumns(keys, experiment === undefined), [keys, experiment]);
  const fields = useMemo(() => runFields(keys), [keys]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => change({ cols }));
  const { waiting, reveal } = useLiveRuns(workspace, question, loaded);
  const [selected, setSelected] = useState<string[]>([]);
  const [moving, setMoving] = useState(false);
  const writes = may(useSession(), 'tracking.runs.write', workspace);
  const queries = useQueryClient();
  const changed = () => {
    setSelected([]);
    return queries.invalidateQueries({ queryKey: ['runs', workspace] });
  };
  const away = useMutation({ mutationFn: () => putAway({ workspace, runs: selected }), onSuccess: changed });
  // Counted only where the loaded pages do not say it.
  const total = useQuery({ ...runCountQuery(workspace, question), enabled: runs.hasNextPage });

  const title = experiment === undefined ? 'Runs' : (named.data?.name ?? `Experiment ${experiment}`);
  useRecent(experiment === undefined ? undefined : named.data?.name, 'experiment', 'experiments');
  const shownColumns = useMemo(() => shown.flatMap(({ id }) => columns.find((column) => column.id === id) ?? []), [shown, columns]);
  const chosen = rows.filter(({ runId }) => selected.includes(runId));
  const refused = runs.error && asProblem(runs.error).status === 400 ? asProblem(runs.error).detail : undefined;
  const none = runs.isSuccess && !runs.isPlaceholderData && rows.length === 0;

  return (
    <Page
      title={title}
      fill
      crumbs={experiment === undefined ? undefined : <Go href={`/w/${workspace}/experiments`}>Experiments</Go>}
      action={experiment !== undefined && named.data && <Panels page="experimentActions" workspace={workspace} id={experiment} />}
      toolbar={
        !(none && !filter) && (
          <>
            <FilterField
              value={filter ?? ''}
              fields={fields}
              fault={refused}
              placeholder="metrics.loss < 0.3 AND params.lr = '0.01'"
              onApply={(next) => change({ filter: next })}
            />
            <ColumnPicker columns={columns} shown={shown} onShown={set} />
            {experiment !== undefined && <Go href={loggedModelsPath(workspace, experiment)}>Logged models</Go>}
            <ExportButton name={`${title}.csv`} columns={shownColumns} page={(cursor, signal) => runPage(workspace, question, cursor, signal, 500)} />
          </>
        )
      }
    >
      <BulkBar noun="run" amount={chosen.length} onClear={() => setSelected([])}>
        <Button variant="default" size="compact-sm" onClick={() => void navigator.clipboard.writeText(chosen.map(({ runId }) => runId).join('\n'))}>
          Copy ids
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() =>
            download(
              'selected-runs.csv',
              new Blob([csv([shownColumns.map((column) => column.title), ...chosen.map((run) => shownColumns.map((column) => column.text(run)))])]),
            )
          }
        >
          CSV of these
        </Button>
        {writes && (
          <>
            <Button variant="default" size="compact-sm" onClick={() => setMoving(true)}>
              Move
            </Button>
            <Button variant="default" size="compact-sm" loading={away.isPending} onClick={() => away.mutate()}>
              Delete
            </Button>
          </>
        )}
      </BulkBar>
      {away.isError && <Problem title="Not everything was deleted" error={away.error} />}
      <NewRows noun="run" amount={waiting} onReveal={reveal} />
      {runs.isPending && !refused ? (
        <Skeleton lines={14} label="Reading runs" />
      ) : runs.isError && !refused && rows.length === 0 ? (
        <Problem title="The runs could not be read" error={runs.error} retry={() => void runs.refetch()} />
      ) : none && !filter ? (
        <FirstRun workspace={workspace} experiment={experiment} experimentName={named.data?.name} />
      ) : refused ? (
        <EmptyState
          title="The filter was not understood"
          why={
            <>
              Compare with <code>=</code>, <code>!=</code>, <code>&lt;</code>, <code>&gt;</code> or <code>LIKE</code> and join with <code>AND</code>, <code>OR</code>, <code>NOT</code> and parentheses:{' '}
              <code>metrics.loss &lt; 0.3 AND params.optimizer = &apos;adam&apos;</code>. Arrow down in the filter offers what there is.
            </>
          }
        />
      ) : none ? (
        <EmptyState
          title="No run fits the filter"
          why={
            <>
              The filter is <code>{filter}</code>. Numbers stand without quotes, texts in quotes; names with other signs than letters, digits and _ in
              backquotes.
            </>
          }
        >
          <p>
            <Button variant="default" size="compact-md" onClick={() => change({ filter: undefined })}>
              Show all runs
            </Button>
          </p>
        </EmptyState>
      ) : (
        <>
          <DataTable
            label={`Runs of ${title}`}
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ runId }) => runId}
            href={({ runId }) => runPath(workspace, runId)}
            sort={sort}
            onSort={(column, figure) => change({ sort: nextSort(sort, column, figure) })}
            selected={selected}
            onSelected={setSelected}
            hasMore={runs.hasNextPage}
            loadingMore={runs.isFetchingNextPage}
            loadMore={() => void runs.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={runs.hasNextPage} loading={runs.isFetching}>
            {runs.hasNextPage && total.data && `of ${total.data.atLeast ? 'at least ' : ''}${count(total.data.count)} runs · `}
            {experiment !== undefined && (
              <>
                experiment <code>{experiment}</code>
              </>
            )}
          </TableFoot>
        </>
      )}
      {moving && (
        <MoveDialog
          workspace={workspace}
          runIds={selected}
          onClose={() => setMoving(false)}
          onDone={() => {
            setMoving(false);
            void changed();
          }}
        />
      )}
    </Page>
  );
}
