import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChanges } from '@/live/useLive';
import { EmptyState } from '@/parts/EmptyState';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Snippet } from '@/parts/Snippet';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { firstModel } from './firstModelSnippet';
import { modelPath, modelsQuery, versionPath, type Model } from './queries';
import { modelsRoute } from './routes';

const none: Model[] = [];
const usual: readonly Shown[] = ['name', 'latest', 'aliases', 'versions', 'updated', 'by', 'description'].map((id) => ({ id, pinned: id === 'name' }));

/** `champion → 3, challenger → 4`. */
const aliasesOf = ({ aliases }: Model): string =>
  Object.entries(aliases)
    .map(([alias, version]) => `${alias} → ${version}`)
    .join(', ');

const columnsFor = (workspace: string): Column<Model>[] => [
  {
    id: 'name',
    title: 'Model',
    width: 260,
    text: ({ name }) => name,
    cell: ({ name }) => (
      <Go href={modelPath(workspace, name)} tabIndex={-1} title={name}>
        <bdi>{name}</bdi>
      </Go>
    ),
  },
  {
    id: 'latest',
    title: 'Newest version',
    width: 130,
    figure: true,
    text: ({ latestVersion }) => latestVersion,
    cell: ({ name, latestVersion }) =>
      latestVersion ? (
        <Go href={versionPath(workspace, name, latestVersion)} tabIndex={-1}>
          version {latestVersion}
        </Go>
      ) : (
        '–'
      ),
  },
  { id: 'aliases', title: 'Aliases', width: 240, text: aliasesOf, cell: (model) => <bdi title={aliasesOf(model)}>{aliasesOf(model) || '–'}</bdi> },
  { id: 'versions', title: 'Versions', width: 90, figure: true, text: ({ versions }) => versions, cell: ({ versions }) => count(versions) },
  {
    id: 'updated',
    title: 'Last change',
    width: 120,
    figure: true,
    text: ({ updatedMs }) => updatedMs,
    cell: ({ updatedMs }) => <When atMs={updatedMs} focusable={false} />,
  },
  { id: 'by', title: 'Made by', width: 140, text: ({ by }) => by, cell: ({ by }) => <bdi>{by || '–'}</bdi> },
  {
    id: 'description',
    title: 'Description',
    width: 360,
    text: ({ description }) => description,
    cell: ({ description }) => <bdi title={description ?? undefined}>{description || '–'}</bdi>,
  },
];

/** Which models are there, and which version does each name stand for? */
export function ModelsPage() {
  const { workspace } = modelsRoute.useParams();
  const search = modelsRoute.useSearch();
  const navigate = modelsRoute.useNavigate();
  const queries = useQueryClient();
  const models = useInfiniteQuery(modelsQuery(workspace));
  const rows = useMemo(() => models.data?.pages.flatMap(({ items }) => items) ?? none, [models.data]);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));

  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind.startsWith('model') && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['models', workspace] });
    }
  });

  return (
    <Page title="Models" fill toolbar={rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}>
      {models.isPending ? (
        <Skeleton lines={8} label="Reading models" />
      ) : models.isError && rows.length === 0 ? (
        <Problem title="The models could not be read" error={models.error} retry={() => void models.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title="No model yet"
          why="A model is a name under which versions are kept: each with the digests of model, data, code and environment, where it came from, how good it is, and a card written from these records."
        >
          <Snippet label="Register a model" tabs={firstModel(location.origin, workspace)} />
        </EmptyState>
      ) : (
        <>
          <DataTable
            label="Models"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ name }) => name}
            href={({ name }) => modelPath(workspace, name)}
            onSort={() => undefined}
            hasMore={models.hasNextPage}
            loadingMore={models.isFetchingNextPage}
            loadMore={() => void models.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={models.hasNextPage} loading={models.isFetchingNextPage} />
        </>
      )}
    </Page>
  );
}
