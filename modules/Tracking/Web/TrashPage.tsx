import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { may, useSession } from '@/api/session';
import { useChanges } from '@/live/useLive';
import { EmptyState } from '@/parts/EmptyState';
import { counted } from '@/parts/format';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { BulkBar } from '@/table/BulkBar';
import type { Column } from '@/table/columns';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { PurgeDialog } from './PurgeDialog';
import { namedIn, restore, trashColumns, trashNouns, trashQuery, type TrashItem } from './trash';
import { trashRoute } from './routes';
import styles from './Tracking.module.css';

const columns: Column<TrashItem>[] = [
  { id: 'name', title: 'Name', width: 230, text: ({ name }) => name, cell: ({ name }) => <bdi title={name}>{name}</bdi> },
  {
    id: 'experiment',
    title: 'Experiment',
    width: 190,
    text: ({ experimentName }) => experimentName,
    cell: ({ experimentName }) => <bdi title={experimentName}>{experimentName}</bdi>,
  },
  {
    id: 'deleted',
    title: 'Deleted',
    width: 110,
    figure: true,
    text: ({ deletedMs }) => deletedMs ?? undefined,
    cell: ({ deletedMs }) => <When atMs={deletedMs ?? undefined} focusable={false} />,
  },
  {
    id: 'goes',
    title: 'Goes for good',
    width: 190,
    text: ({ purgeMs, neededBy }) => neededBy ?? purgeMs ?? undefined,
    cell: ({ purgeMs, neededBy }) =>
      neededBy ? <bdi title={neededBy}>never: needed by {neededBy}</bdi> : purgeMs ? <When atMs={purgeMs} focusable={false} /> : 'when somebody purges it',
  },
  { id: 'id', title: 'Id', width: 296, text: ({ id }) => id, cell: ({ id }) => <code title={id}>{id}</code> },
];

/** What was deleted, and until when can it be had back? */
export function TrashPage() {
  const { workspace } = trashRoute.useParams();
  const { kind = 'run' } = trashRoute.useSearch();
  const navigate = trashRoute.useNavigate();
  const noun = trashNouns[kind];
  const narrow = useMediaQuery('(max-width: 700px)', false, { getInitialValueInEffect: false });
  const shown = useMemo(() => trashColumns(kind, narrow), [kind, narrow]);
  const session = useSession();
  const queries = useQueryClient();
  const [selected, setSelected] = useState<string[]>([]);
  const [purging, setPurging] = useState<'selected' | 'all'>();

  const trash = useInfiniteQuery({ ...trashQuery(workspace, kind), placeholderData: keepPreviousData });
  const rows = useMemo(() => trash.data?.pages.flatMap(({ items }) => items) ?? [], [trash.data]);
  const chosen = rows.filter(({ id }) => selected.includes(id));
  const purges = may(session, 'tracking.trash.purge', workspace);
  const writes = may(session, 'tracking.runs.write', workspace);
  const refresh = () => queries.invalidateQueries({ queryKey: ['trash', workspace] });

  const back = useMutation({
    mutationFn: () => restore(workspace, namedIn(kind, selected)),
    onSuccess: async () => {
      setSelected([]);
      await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ['runs', workspace] }), queries.invalidateQueries({ queryKey: ['experiments', workspace] }), queries.invalidateQueries({ queryKey: ['loggedModels', workspace] })]);
    },
  });
  useChanges((changes) => {
    if (changes.some(({ kind: what, workspace: place }) => what === 'resync' || (place === workspace && ['run', 'experiment', 'loggedModel', 'trash'].includes(what)))) {
      void refresh();
    }
  });

  return (
    <Page
      title="Trash"
      fill
      action={
        purges &&
        rows.length > 0 && (
          <Button size="compact-md" variant="default" onClick={() => setPurging('all')}>
            Empty the trash
          </Button>
        )
      }
      toolbar={
        <div className={styles.segments} role="group" aria-label="What was deleted">
          {(['run', 'experiment', 'loggedModel'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={kind === one}
              onClick={() => {
                setSelected([]);
                void navigate({ search: { kind: one }, replace: true });
              }}
            >
              {{ run: 'Runs', experiment: 'Experiments', loggedModel: 'Logged models' }[one]}
            </button>
          ))}
        </div>
      }
    >
      <BulkBar noun={noun} amount={chosen.length} onClear={() => setSelected([])}>
        {writes && (
          <Button variant="default" size="compact-sm" loading={back.isPending} onClick={() => back.mutate()}>
            Restore
          </Button>
        )}
        {purges && (
          <Button variant="default" size="compact-sm" onClick={() => setPurging('selected')}>
            Purge
          </Button>
        )}
      </BulkBar>
      {back.isError && <Problem title="Not everything was restored" error={back.error} />}
      {trash.isPending ? (
        <Skeleton lines={8} label="Reading the trash" />
      ) : trash.isError && rows.length === 0 ? (
        <Problem title="The trash could not be read" error={trash.error} retry={() => void trash.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={`No deleted ${noun}`}
          why="What is deleted lies here for a while (30 days unless the server says otherwise) and can be restored; then it is erased for good, with its files."
        />
      ) : (
        <>
          <DataTable
            label={`Deleted ${noun}s`}
            columns={columns}
            shown={shown}
            onShown={() => undefined}
            rows={rows}
            rowId={({ id }) => id}
            onSort={() => undefined}
            selected={selected}
            onSelected={setSelected}
            hasMore={trash.hasNextPage}
            loadingMore={trash.isFetchingNextPage}
            loadMore={() => void trash.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={trash.hasNextPage} loading={trash.isFetching}>
            the longest deleted first
          </TableFoot>
        </>
      )}
      {purging && (
        <PurgeDialog
          workspace={workspace}
          what={purging === 'all' ? { all: true } : namedIn(kind, selected)}
          title={purging === 'all' ? 'Empty the trash?' : `Purge ${counted(noun, chosen.length)}?`}
          onClose={() => setPurging(undefined)}
          onDone={() => {
            setPurging(undefined);
            setSelected([]);
            void refresh();
          }}
        />
      )}
    </Page>
  );
}
