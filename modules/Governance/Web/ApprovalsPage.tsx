import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useActions } from '@/palette/actions';
import { EmptyState } from '@/parts/EmptyState';
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
import { NewRows } from '@/table/NewRows';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { AskDialog } from './AskDialog';
import { Choices } from './Choices';
import { isMine, mineFirst, signedOf, stateOf, views } from './inbox';
import { useRights } from './permissions';
import { approvalPath, approvalsPath } from './places';
import { approvalsQuery, type ApprovalRow } from './queries';
import { approvalsRoute } from './routes';
import { askForApproval } from './snippets';
import { useLiveGovernance } from './useLiveGovernance';
import { useSettled } from './useSettled';
import { stageOf } from './verdicts';

const usual: readonly Shown[] = ['model', 'you', 'state', 'against', 'waived', 'signed', 'tier', 'by', 'asked', 'reason'].map((id) => ({ id, pinned: id === 'model' }));

const columnsFor = (workspace: string): Column<ApprovalRow>[] => [
  {
    id: 'model',
    title: 'Version',
    width: 240,
    text: ({ model, version }) => `${model} version ${version}`,
    cell: ({ id, model, version }) => (
      <Go href={approvalPath(workspace, id)} tabIndex={-1} title={`${model} version ${version}`}>
        <bdi>{model}</bdi> version {version}
      </Go>
    ),
  },
  {
    id: 'you',
    title: 'Waits for',
    width: 100,
    text: (row) => (isMine(row) ? 'you' : row.state === 'requested' ? 'others' : ''),
    cell: (row) => (isMine(row) ? <VerdictChip verdict="attention">you</VerdictChip> : row.state === 'requested' ? 'others' : '–'),
  },
  {
    id: 'state',
    title: 'State',
    width: 160,
    text: (row) => stageOf(row).word,
    cell: (row) => (
      <VerdictChip verdict={stageOf(row).verdict} quiet>
        {stageOf(row).word}
      </VerdictChip>
    ),
  },
  {
    id: 'against',
    title: 'Stand against it',
    width: 120,
    figure: true,
    text: ({ unmet }) => unmet,
    cell: ({ unmet }) =>
      unmet > 0 ? (
        <VerdictChip verdict="no" quiet>
          {String(unmet)}
        </VerdictChip>
      ) : (
        '0'
      ),
  },
  { id: 'waived', title: 'Waived', width: 80, figure: true, text: ({ waived }) => waived, cell: ({ waived }) => waived },
  { id: 'signed', title: 'Signed', width: 80, figure: true, text: signedOf, cell: signedOf },
  { id: 'tier', title: 'Tier', width: 60, figure: true, text: ({ tier }) => tier, cell: ({ tier }) => tier ?? '–' },
  { id: 'by', title: 'Asked by', width: 110, text: ({ requestedBy }) => requestedBy, cell: ({ requestedBy }) => <bdi>{requestedBy}</bdi> },
  {
    id: 'asked',
    title: 'Asked',
    width: 110,
    figure: true,
    text: ({ requestedMs }) => requestedMs,
    cell: ({ requestedMs }) => <When atMs={requestedMs} focusable={false} />,
  },
  { id: 'reason', title: 'Reason', width: 320, text: ({ reason }) => reason, cell: ({ reason }) => <bdi title={reason}>{reason}</bdi> },
  {
    id: 'ended',
    title: 'Ended',
    width: 260,
    text: ({ endedReason }) => endedReason,
    cell: ({ endedReason }) => <bdi title={endedReason ?? undefined}>{endedReason ?? '–'}</bdi>,
  },
];

/** What waits for my signature, and what became of the rest? */
export function ApprovalsPage() {
  const { workspace } = approvalsRoute.useParams();
  const search = approvalsRoute.useSearch();
  const navigate = approvalsRoute.useNavigate();
  const state = stateOf(search.state);
  const approvals = useInfiniteQuery(approvalsQuery(workspace, state, search.model));
  const loaded = useMemo(() => mineFirst(approvals.data?.pages.flatMap(({ items }) => items) ?? []), [approvals.data]);
  const { shown: rows, waiting, reveal } = useSettled(loaded, `${workspace} ${state ?? ''} ${search.model ?? ''}`);
  const [asking, ask] = useState(false);
  const { asks } = useRights(workspace);
  const columns = useMemo(() => columnsFor(workspace), [workspace]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));
  useLiveGovernance(workspace);
  useActions(asks ? [{ id: 'ask', title: 'Ask for an approval', icon: 'plus', run: () => ask(true) }] : []);
  const chosen = views.find((view) => view.state === state)?.title ?? 'Waiting';

  return (
    <Page
      title="Approvals"
      fill
      facts={
        search.model !== undefined && (
          <>
            <span>
              of the model <bdi>{search.model}</bdi>
            </span>
            <Go href={approvalsPath(workspace)}>of all models</Go>
          </>
        )
      }
      action={
        asks && (
          <Button size="compact-md" onClick={() => ask(true)}>
            Ask for an approval
          </Button>
        )
      }
      toolbar={
        <>
          <Choices
            label="State"
            chosen={chosen}
            titles={views.map(({ title }) => title)}
            onChoose={(title) => {
              const next = views.find((view) => view.title === title)?.state ?? 'all';
              void navigate({ search: { ...search, state: next === 'requested' ? undefined : next }, replace: true });
            }}
          />
          {rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}
        </>
      }
    >
      {approvals.isPending ? (
        <Skeleton lines={8} label="Reading approvals" />
      ) : approvals.isError && rows.length === 0 ? (
        <Problem title="The approvals could not be read" error={approvals.error} retry={() => void approvals.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={state === 'requested' ? 'Nothing waits for a signature' : 'No approval is in this state'}
          why="A version goes to production when people who neither made nor own it have signed for it, on evidence that the policy asks for. What is signed is bound: when any of it changes, the approval is void and says which field it was."
        >
          {state === 'requested' && <Snippet label="Ask for an approval" tabs={askForApproval(location.origin, workspace)} />}
        </EmptyState>
      ) : (
        <>
          <NewRows noun="request" amount={waiting} onReveal={reveal} />
          <DataTable
            label={`Approvals: ${chosen}`}
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ id }) => id}
            href={({ id }) => approvalPath(workspace, id)}
            onSort={() => undefined}
            hasMore={approvals.hasNextPage}
            loadingMore={approvals.isFetchingNextPage}
            loadMore={() => void approvals.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={approvals.hasNextPage} loading={approvals.isFetchingNextPage}>
            j and k move, Enter opens, s signs there
          </TableFoot>
        </>
      )}
      {asking && <AskDialog workspace={workspace} model={search.model} onClose={() => ask(false)} />}
    </Page>
  );
}
