import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, value } from '@/api/client';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { useChanges } from '@/live/useLive';
import { useActions } from '@/palette/actions';
import { Dialog } from '@/parts/Dialog';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { BulkBar } from '@/table/BulkBar';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { FilterField } from '@/table/FilterField';
import { nextSort } from '@/table/search';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { FolderTree } from './FolderTree';
import { experimentsQuery, runsPath, type Experiment } from './queries';
import { experimentsRoute, type ExperimentsSearch } from './routes';
import { putAway } from './trash';

const none: Experiment[] = [];
const usual: readonly Shown[] = [{ id: 'name', pinned: true }, { id: 'id' }, { id: 'updated' }, { id: 'created' }, { id: 'tags' }];
const fields = [
  { name: 'attributes.name', kind: 'attribute' },
  { name: 'attributes.creation_time', kind: 'attribute, ms', figure: true },
  { name: 'attributes.last_update_time', kind: 'attribute, ms', figure: true },
];

const columnsFor = (workspace: string): Column<Experiment>[] => [
  {
    id: 'name',
    title: 'Name',
    width: 360,
    sortable: true,
    text: (item) => item.name,
    cell: (item) => (
      <Go href={runsPath(workspace, item.experimentId)} tabIndex={-1} title={item.name}>
        <bdi>{item.name}</bdi>
      </Go>
    ),
  },
  { id: 'id', title: 'Id', width: 80, figure: true, text: (item) => item.experimentId, cell: (item) => item.experimentId },
  {
    id: 'updated',
    title: 'Last change',
    width: 130,
    figure: true,
    sortable: true,
    text: (item) => item.updatedMs,
    cell: (item) => <When atMs={item.updatedMs} focusable={false} />,
  },
  {
    id: 'created',
    title: 'Created',
    width: 130,
    figure: true,
    sortable: true,
    text: (item) => item.createdMs,
    cell: (item) => <When atMs={item.createdMs} focusable={false} />,
  },
  { id: 'tags', title: 'Tags', width: 300, text: tagsOf, cell: (item) => <bdi title={tagsOf(item)}>{tagsOf(item) || '–'}</bdi> },
  {
    id: 'location',
    title: 'Artifacts',
    width: 240,
    text: (item) => item.artifactLocation,
    cell: (item) => <code title={item.artifactLocation}>{item.artifactLocation}</code>,
  },
];

const tagsOf = ({ tags }: Experiment): string =>
  Object.entries(tags)
    .filter(([key]) => !key.startsWith('mlflow.'))
    .map(([key, text]) => `${key}: ${text}`)
    .join(' · ');

/** What is being tried in this workspace: every experiment, the latest change first. */
export function ExperimentsPage() {
  const { workspace } = experimentsRoute.useParams();
  const search = experimentsRoute.useSearch();
  const navigate = experimentsRoute.useNavigate();
  const change = (next: Partial<ExperimentsSearch>) => void navigate({ search: { ...search, ...next }, replace: true });
  const { filter, sort, folder } = search;
  const session = useSession();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [selected, setSelected] = useState<string[]>([]);
  const writes = may(session, 'tracking.experiments.write', workspace);

  const experiments = useInfiniteQuery({ ...experimentsQuery(workspace, { filter, sort, folder }), placeholderData: keepPreviousData });
  const rows = useMemo(() => experiments.data?.pages.flatMap(({ items }) => items) ?? none, [experiments.data]);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => change({ cols }));
  const refused = experiments.error && asProblem(experiments.error).status === 400 ? asProblem(experiments.error).detail : undefined;

  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'experiment' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['experiments', workspace] });
    }
  });
  const away = useMutation({
    mutationFn: () => putAway({ workspace, experiments: selected }),
    onSuccess: async () => {
      setSelected([]);
      await queries.invalidateQueries({ queryKey: ['experiments', workspace] });
    },
  });
  useActions(writes ? [{ id: 'new experiment', title: 'New experiment', icon: 'plus', run: () => setAdding(true) }] : []);

  return (
    <Page
      title="Experiments"
      fill
      action={
        writes && (
          <Button size="compact-md" onClick={() => setAdding(true)}>
            New experiment
          </Button>
        )
      }
      toolbar={
        <>
          <FilterField
            value={filter ?? ''}
            fields={fields}
            fault={refused}
            placeholder="attributes.name LIKE '%churn%'"
            onApply={(next) => change({ filter: next })}
          />
          <ColumnPicker columns={columns} shown={shown} onShown={set} />
        </>
      }
    >
      <FolderTree workspace={workspace} folder={folder} onFolder={(next) => change({ folder: next })} />
      <BulkBar noun="experiment" amount={selected.length} onClear={() => setSelected([])}>
        {writes && (
          <Button variant="default" size="compact-sm" loading={away.isPending} onClick={() => away.mutate()}>
            Delete
          </Button>
        )}
        with all their runs; the trash keeps them for a while
      </BulkBar>
      {away.isError && <Problem title="Not everything was deleted" error={away.error} />}
      {experiments.isPending && !refused ? (
        <Skeleton lines={10} label="Reading experiments" />
      ) : experiments.isError && !refused ? (
        <Problem title="The experiments could not be read" error={experiments.error} retry={() => void experiments.refetch()} />
      ) : (
        <>
          <DataTable
            label="Experiments"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ experimentId }) => experimentId}
            href={({ experimentId }) => runsPath(workspace, experimentId)}
            sort={sort}
            onSort={(column, figure) => change({ sort: nextSort(sort, column, figure) })}
            selected={selected}
            onSelected={setSelected}
            hasMore={experiments.hasNextPage}
            loadingMore={experiments.isFetchingNextPage}
            loadMore={() => void experiments.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={experiments.hasNextPage} loading={experiments.isFetching} />
        </>
      )}
      {adding && <NewExperiment workspace={workspace} onClose={() => setAdding(false)} />}
    </Page>
  );
}

function NewExperiment({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const [name, setName] = useState('');
  const navigate = experimentsRoute.useNavigate();
  const create = useMutation({
    mutationFn: () => value(api.POST('/api/v1/w/{workspace}/experiments', { params: { path: { workspace } }, body: { name: name.trim() } })),
    onSuccess: ({ experimentId }) => navigate({ to: '/w/$workspace/runs', params: { workspace }, search: { experiment: experimentId } }),
  });
  const fault = create.error ? asProblem(create.error) : undefined;
  return (
    <Dialog label="New experiment" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label="Name"
          description="Unique in this workspace; slashes make groups, as in churn/baseline."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={500}
          data-autofocus
          error={fault?.detail}
        />
        <Button type="submit" mt="md" loading={create.isPending}>
          Create experiment
        </Button>
      </form>
    </Dialog>
  );
}
