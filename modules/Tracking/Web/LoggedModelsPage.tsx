import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { asProblem } from '@/api/problem';
import { useChanges } from '@/live/useLive';
import { EmptyState } from '@/parts/EmptyState';
import { useEvidence } from '@/parts/evidence';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { FilterField } from '@/table/FilterField';
import { nextSort } from '@/table/search';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { loggedModelColumns, modelFields, usualModelColumns } from './loggedModelColumns';
import { LoggedModelDetail } from './LoggedModelDetail';
import { loggedModelsQuery, type LoggedModel } from './loggedModelQueries';
import { modelKeys } from './measures';
import { experimentQuery, runsPath } from './queries';
import { loggedModelsRoute, type LoggedModelsSearch } from './routes';

const noModels: LoggedModel[] = [];

/** Which of the models that were tried is best, and where did it come from? Every model that the runs of an experiment, or of the workspace, logged. */
export function LoggedModelsPage() {
  const { workspace } = loggedModelsRoute.useParams();
  const search = loggedModelsRoute.useSearch();
  const navigate = loggedModelsRoute.useNavigate();
  const change = (next: Partial<LoggedModelsSearch>) => void navigate({ search: { ...search, ...next }, replace: true });
  const { experiment, filter, sort, model } = search;
  const question = useMemo(() => ({ experiment, filter, sort }), [experiment, filter, sort]);

  const queries = useQueryClient();
  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'loggedModel' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['loggedModels', workspace] });
      void queries.invalidateQueries({ queryKey: ['loggedModel', workspace] });
      void queries.invalidateQueries({ queryKey: ['loggedModelFiles', workspace] });
    }
  }, 1_200);

  const evidence = useEvidence();
  const openEvidence = useRef(evidence.open);
  openEvidence.current = evidence.open;
  const show = useCallback(
    (modelId: string) => openEvidence.current({ title: 'Logged model', body: <LoggedModelDetail workspace={workspace} modelId={modelId} /> }),
    [workspace],
  );
  // Later, since the shell closes the panel when it comes to another page.
  useEffect(() => {
    const later = model === undefined ? undefined : setTimeout(() => show(model));
    return () => clearTimeout(later);
  }, [model, show]);
  const open = ({ modelId }: LoggedModel) => (modelId === model ? show(modelId) : change({ model: modelId }));

  const named = useQuery({ ...experimentQuery(workspace, experiment ?? ''), enabled: experiment !== undefined });
  const models = useInfiniteQuery({ ...loggedModelsQuery(workspace, question), placeholderData: keepPreviousData });
  const pages = models.data?.pages;
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? noModels, [pages]);
  const keys = useMemo(() => modelKeys(rows), [rows]);
  const columns = loggedModelColumns(workspace, keys, open);
  const usual = useMemo(() => usualModelColumns(keys, experiment === undefined), [keys, experiment]);
  const fields = useMemo(() => modelFields(keys), [keys]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => change({ cols }));
  const refused = models.error && asProblem(models.error).status === 400 ? asProblem(models.error).detail : undefined;
  const none = models.isSuccess && !models.isPlaceholderData && rows.length === 0;

  return (
    <Page
      title="Logged models"
      fill
      crumbs={
        <>
          <Go href={`/w/${workspace}/experiments`}>Experiments</Go>
          {experiment !== undefined && (
            <>
              {' '}
              /{' '}
              <Go href={runsPath(workspace, experiment)}>
                <bdi>{named.data?.name ?? `Experiment ${experiment}`}</bdi>
              </Go>
            </>
          )}
        </>
      }
      toolbar={
        !(none && !filter) && (
          <>
            <FilterField value={filter ?? ''} fields={fields} fault={refused} placeholder="metrics.accuracy > 0.8 AND status = 'READY'" onApply={(next) => change({ filter: next })} />
            <ColumnPicker columns={columns} shown={shown} onShown={set} />
          </>
        )
      }
    >
      {models.isPending && !refused ? (
        <Skeleton lines={14} label="Reading models" />
      ) : models.isError && !refused && rows.length === 0 ? (
        <Problem title="The models could not be read" error={models.error} retry={() => void models.refetch()} />
      ) : refused ? (
        <EmptyState title="The filter was not understood" why={refused} />
      ) : none ? (
        <EmptyState
          title={filter ? 'No model fits the filter' : 'No model was logged yet'}
          why={
            filter ? (
              <>
                The filter is <code>{filter}</code>.
              </>
            ) : (
              <>
                Clients of MLflow 3 log one with <code>mlflow.sklearn.log_model(model, name=&quot;scorecard&quot;)</code>; it appears here before anybody registers it.
              </>
            )
          }
        >
          {filter && (
            <p>
              <Button variant="default" size="compact-md" onClick={() => change({ filter: undefined })}>
                Show all models
              </Button>
            </p>
          )}
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Logged models"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ modelId }) => modelId}
            onOpen={open}
            sort={sort}
            onSort={(column, figure) => change({ sort: nextSort(sort, column, figure) })}
            hasMore={models.hasNextPage}
            loadingMore={models.isFetchingNextPage}
            loadMore={() => void models.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={models.hasNextPage} loading={models.isFetching} />
        </>
      )}
    </Page>
  );
}
