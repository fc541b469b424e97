import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { EmptyState } from '@/parts/EmptyState';
import { counted } from '@/parts/format';
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
import { approvalPath, entryPath } from './places';
import { entriesQuery, modelNamesQuery, standingApprovalsQuery } from './queries';
import { inventoryRoute } from './routes';
import { shelve, type Shelved } from './shelf';
import { firstEntry } from './snippets';
import { useLiveGovernance } from './useLiveGovernance';
import { stageOf } from './verdicts';

const usual: readonly Shown[] = ['model', 'tier', 'owner', 'approval', 'use', 'purpose', 'changed'].map((id) => ({ id, pinned: id === 'model' }));

const missing = (
  <VerdictChip verdict="unknown" quiet>
    missing
  </VerdictChip>
);

const columnsFor = (workspace: string): Column<Shelved>[] => [
  {
    id: 'model',
    title: 'Model',
    width: 240,
    text: ({ model }) => model,
    cell: ({ model }) => (
      <Go href={entryPath(workspace, model)} tabIndex={-1} title={model}>
        <bdi>{model}</bdi>
      </Go>
    ),
  },
  { id: 'tier', title: 'Tier', width: 100, text: ({ entry }) => entry?.tier, cell: ({ entry }) => (entry ? `tier ${entry.tier}` : missing) },
  {
    id: 'owner',
    title: 'Owner',
    width: 150,
    text: ({ entry }) => entry?.owner?.name,
    cell: ({ entry }) => (entry?.owner ? <bdi>{entry.owner.name}</bdi> : missing),
  },
  {
    id: 'approval',
    title: 'Approval',
    width: 240,
    text: ({ approval }) => approval && `version ${approval.version} ${stageOf(approval).word}`,
    cell: ({ approval }) =>
      approval ? (
        <Go href={approvalPath(workspace, approval.id)} tabIndex={-1}>
          <VerdictChip verdict={stageOf(approval).verdict} quiet>
            {`version ${approval.version} ${stageOf(approval).word}`}
          </VerdictChip>
        </Go>
      ) : (
        <VerdictChip verdict="unknown" quiet>
          never asked for
        </VerdictChip>
      ),
  },
  {
    id: 'use',
    title: 'Use case',
    width: 260,
    text: ({ entry }) => entry?.useCase,
    cell: ({ entry }) => (entry ? <bdi title={entry.useCase}>{entry.useCase}</bdi> : missing),
  },
  {
    id: 'purpose',
    title: 'Purpose',
    width: 360,
    text: ({ entry }) => entry?.purpose,
    cell: ({ entry }) => (entry ? <bdi title={entry.purpose}>{entry.purpose}</bdi> : missing),
  },
  {
    id: 'changed',
    title: 'Last change',
    width: 120,
    figure: true,
    text: ({ entry }) => entry?.changedMs,
    cell: ({ entry }) => <When atMs={entry?.changedMs} focusable={false} />,
  },
];

/** Which models are there, what for, who answers for each, and which are approved? */
export function InventoryPage() {
  const { workspace } = inventoryRoute.useParams();
  const search = inventoryRoute.useSearch();
  const navigate = inventoryRoute.useNavigate();
  const models = useQuery(modelNamesQuery(workspace));
  const entries = useQuery(entriesQuery(workspace));
  const approvals = useQuery(standingApprovalsQuery(workspace));
  useLiveGovernance(workspace);
  const rows = useMemo(() => shelve(models.data ?? [], entries.data ?? [], approvals.data ?? []), [models.data, entries.data, approvals.data]);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));
  const failed = [models, entries, approvals].find(({ isError }) => isError);
  const without = rows.filter(({ entry }) => !entry).length;

  return (
    <Page
      title="Inventory"
      fill
      facts={
        without > 0 && (
          <VerdictChip verdict="attention" quiet>
            {`${counted('model', without)} without an entry`}
          </VerdictChip>
        )
      }
      toolbar={rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}
    >
      {models.isPending || entries.isPending || approvals.isPending ? (
        <Skeleton lines={8} label="Reading the inventory" />
      ) : failed && rows.length === 0 ? (
        <Problem title="The inventory could not be read" error={failed.error} retry={() => void failed.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title="No model yet"
          why="The inventory says of each model what it is for, who answers for it and how consequential it is. The policy asks for it before a version may be used."
        >
          <Snippet label="Write an entry" tabs={firstEntry(location.origin, workspace)} />
        </EmptyState>
      ) : (
        <>
          {failed && <Problem title="Not everything could be read" error={failed.error} retry={() => void failed.refetch()} />}
          <DataTable
            label="Models of the inventory"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ model }) => model}
            href={({ model }) => entryPath(workspace, model)}
            onSort={() => undefined}
            hasMore={false}
            loadingMore={false}
            loadMore={() => undefined}
          />
          <TableFoot loaded={rows.length} hasMore={false} loading={entries.isFetching} />
        </>
      )}
    </Page>
  );
}
