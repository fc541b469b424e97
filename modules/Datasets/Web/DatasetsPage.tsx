import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChanges } from '@/live/useLive';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { FirstDataset } from './FirstDataset';
import { datasetPath, datasetsQuery, type Dataset } from './queries';
import { datasetsRoute } from './routes';
import { verdictOf } from './verdicts';

const none: Dataset[] = [];
const usual: readonly Shown[] = ['name', 'verdict', 'version', 'rows', 'columns', 'created', 'digest', 'description'].map((id) => ({
  id,
  pinned: id === 'name',
}));

const columnsFor = (workspace: string): Column<Dataset>[] => [
  {
    id: 'name',
    title: 'Dataset',
    width: 220,
    text: ({ name }) => name,
    cell: ({ name }) => (
      <Go href={datasetPath(workspace, name)} tabIndex={-1} title={name}>
        <bdi>{name}</bdi>
      </Go>
    ),
  },
  {
    id: 'verdict',
    title: 'Contract',
    width: 190,
    text: ({ latest }) => latest?.verdict,
    cell: ({ latest }) => {
      if (!latest) {
        return '–';
      }
      const { verdict, word } = verdictOf(latest.verdict);
      return (
        <VerdictChip quiet verdict={verdict}>
          {word}
        </VerdictChip>
      );
    },
  },
  { id: 'version', title: 'Version', width: 90, figure: true, text: ({ latest }) => latest?.version, cell: ({ latest }) => latest?.version ?? '–' },
  { id: 'rows', title: 'Rows', width: 110, figure: true, text: ({ latest }) => latest?.rows, cell: ({ latest }) => (latest ? count(latest.rows) : '–') },
  {
    id: 'columns',
    title: 'Columns',
    width: 90,
    figure: true,
    text: ({ latest }) => latest?.columns,
    cell: ({ latest }) => (latest ? count(latest.columns) : '–'),
  },
  {
    id: 'created',
    title: 'Last version',
    width: 120,
    figure: true,
    text: ({ latest }) => latest?.createdMs,
    cell: ({ latest }) => <When atMs={latest?.createdMs} focusable={false} />,
  },
  {
    id: 'digest',
    title: 'Digest',
    width: 110,
    text: ({ latest }) => latest?.digest,
    cell: ({ latest }) => <code title={latest?.digest}>{latest?.digest.slice(0, 8) ?? '–'}</code>,
  },
  {
    id: 'description',
    title: 'Description',
    width: 360,
    text: ({ description }) => description,
    cell: ({ description }) => <bdi title={description ?? undefined}>{description || '–'}</bdi>,
  },
];

/** Which data is there, and does it keep its contract? */
export function DatasetsPage() {
  const { workspace } = datasetsRoute.useParams();
  const search = datasetsRoute.useSearch();
  const navigate = datasetsRoute.useNavigate();
  const queries = useQueryClient();
  const datasets = useInfiniteQuery(datasetsQuery(workspace));
  const rows = useMemo(() => datasets.data?.pages.flatMap(({ items }) => items) ?? none, [datasets.data]);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));

  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'dataset' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['datasets', workspace] });
    }
  });

  return (
    <Page title="Datasets" fill toolbar={rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}>
      {datasets.isPending ? (
        <Skeleton lines={8} label="Reading datasets" />
      ) : datasets.isError && rows.length === 0 ? (
        <Problem title="The datasets could not be read" error={datasets.error} retry={() => void datasets.refetch()} />
      ) : rows.length === 0 ? (
        <FirstDataset workspace={workspace} />
      ) : (
        <>
          <DataTable
            label="Datasets"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ name }) => name}
            href={({ name }) => datasetPath(workspace, name)}
            onSort={() => undefined}
            hasMore={datasets.hasNextPage}
            loadingMore={datasets.isFetchingNextPage}
            loadMore={() => void datasets.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={datasets.hasNextPage} loading={datasets.isFetchingNextPage} />
        </>
      )}
    </Page>
  );
}
