import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Confirm } from '@/parts/Confirm';
import { Dialog } from '@/parts/Dialog';
import { EmptyState } from '@/parts/EmptyState';
import { Facts } from '@/parts/Facts';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import type { Column, Shown } from '@/table/columns';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import styles from './Governance.module.css';
import { useRights } from './permissions';
import { entryPath } from './places';
import { exceptionsQuery, withdrawException, type Exception } from './queries';
import { exceptionsRoute } from './routes';
import { useLiveGovernance } from './useLiveGovernance';
import { exceptionSaid } from './verdicts';

const shown: readonly Shown[] = ['requirement', 'state', 'model', 'version', 'ends', 'by', 'granted', 'reason'].map((id) => ({ id, pinned: id === 'requirement' }));
const whom = ({ version }: Exception): string => (version == null ? 'every version' : `version ${version}`);

const columns: Column<Exception>[] = [
  { id: 'requirement', title: 'Requirement', width: 200, text: ({ requirement }) => requirement, cell: ({ requirement }) => <bdi>{requirement}</bdi> },
  {
    id: 'state',
    title: 'State',
    width: 110,
    text: (row) => exceptionSaid(row).word,
    cell: (row) => (
      <VerdictChip verdict={exceptionSaid(row).verdict} quiet>
        {exceptionSaid(row).word}
      </VerdictChip>
    ),
  },
  { id: 'model', title: 'Model', width: 220, text: ({ model }) => model, cell: ({ model }) => <bdi title={model}>{model}</bdi> },
  { id: 'version', title: 'For', width: 120, text: whom, cell: whom },
  {
    id: 'ends',
    title: 'Ends',
    width: 120,
    figure: true,
    text: ({ endedMs, expiresMs }) => endedMs ?? expiresMs,
    cell: ({ endedMs, expiresMs }) => <When atMs={endedMs ?? expiresMs} focusable={false} />,
  },
  { id: 'by', title: 'Granted by', width: 140, text: ({ by }) => by, cell: ({ by }) => <bdi>{by}</bdi> },
  { id: 'granted', title: 'Granted', width: 110, figure: true, text: ({ grantedMs }) => grantedMs, cell: ({ grantedMs }) => <When atMs={grantedMs} focusable={false} /> },
  { id: 'reason', title: 'Reason', width: 360, text: ({ reason }) => reason, cell: ({ reason }) => <bdi title={reason}>{reason}</bdi> },
];

/** What is waived, for how long, and who answers for that? */
export function ExceptionsPage() {
  const { workspace } = exceptionsRoute.useParams();
  const { open } = exceptionsRoute.useSearch();
  const navigate = exceptionsRoute.useNavigate();
  const exceptions = useInfiniteQuery(exceptionsQuery(workspace));
  const rows = useMemo(
    () => (exceptions.data?.pages.flatMap(({ items }) => items) ?? []).sort((a, b) => Number(b.active) - Number(a.active)),
    [exceptions.data],
  );
  useLiveGovernance(workspace);
  const opened = rows.find(({ id }) => id === open);
  // One that a link names may stand further down than what is loaded.
  const { hasNextPage, isFetching, fetchNextPage } = exceptions;
  const seeks = open !== undefined && opened === undefined && hasNextPage && !isFetching;
  useEffect(() => {
    if (seeks) {
      void fetchNextPage();
    }
  }, [seeks, fetchNextPage]);
  const show = (id: string | undefined) => void navigate({ search: { open: id }, replace: true });

  return (
    <Page title="Exceptions" fill>
      {exceptions.isPending ? (
        <Skeleton lines={8} label="Reading exceptions" />
      ) : exceptions.isError && rows.length === 0 ? (
        <Problem title="The exceptions could not be read" error={exceptions.error} retry={() => void exceptions.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title="Nothing is waived"
          why="An exception lets a model pass a requirement of the policy that it does not meet: for a while, with a reason, under the name of an approver. It is granted in an approval, beside the row that stands against it."
        />
      ) : (
        <>
          <DataTable
            label="Exceptions"
            columns={columns}
            shown={shown}
            onShown={() => undefined}
            rows={rows}
            rowId={({ id }) => id}
            onOpen={({ id }) => show(id)}
            onSort={() => undefined}
            hasMore={exceptions.hasNextPage}
            loadingMore={exceptions.isFetchingNextPage}
            loadMore={() => void exceptions.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={exceptions.hasNextPage} loading={exceptions.isFetchingNextPage}>
            Enter opens an exception
          </TableFoot>
        </>
      )}
      {opened && <Opened workspace={workspace} exception={opened} onClose={() => show(undefined)} />}
    </Page>
  );
}

function Opened({ workspace, exception, onClose }: { workspace: string; exception: Exception; onClose: () => void }) {
  const rights = useRights(workspace);
  const queries = useQueryClient();
  const [ending, end] = useState(false);
  const withdraw = useMutation({
    mutationFn: (reason: string) => withdrawException(workspace, exception.id, reason),
    onSuccess: async () => {
      await Promise.all(['exceptions', 'approval', 'approvals'].map((key) => queries.invalidateQueries({ queryKey: [key, workspace] })));
      onClose();
    },
  });
  const { requirement, model, active } = exception;
  const said = exceptionSaid(exception);
  if (ending) {
    return (
      <Confirm
        title={`Withdraw the exception for ${requirement}?`}
        verb="Withdraw"
        keep="Keep it"
        undo="It can be granted anew, but what this voids has to be signed again."
        needsReason
        pending={withdraw.isPending}
        error={withdraw.error}
        onConfirm={(reason) => withdraw.mutate(reason)}
        onClose={onClose}
      >
        <p>
          Every approval of <bdi>{model}</bdi> ({whom(exception)}) that needs it becomes void, and what runs by it is taken out of its endpoints.
        </p>
      </Confirm>
    );
  }
  return (
    <Dialog label={`Exception for ${requirement}`} onClose={onClose} size={520}>
      <div className={styles.form}>
        <Facts
          rows={[
            ['State', <VerdictChip key="state" verdict={said.verdict}>{said.word}</VerdictChip>],
            [
              'Model',
              <Go key="model" href={entryPath(workspace, model)}>
                <bdi>{model}</bdi>
              </Go>,
            ],
            ['For', whom(exception)],
            ['Reason', <bdi key="reason">{exception.reason}</bdi>],
            ['Granted by', <Who key="by" name={exception.by} />],
            ['Granted', <When key="granted" atMs={exception.grantedMs} />],
            [active ? 'Ends' : 'Would have ended', <When key="ends" atMs={exception.expiresMs} />],
            ...(active
              ? []
              : ([
                  ['Ended', <When key="ended" atMs={exception.endedMs ?? exception.expiresMs} />],
                  ['Why it ended', <bdi key="why">{exception.endedReason ?? 'expired'}</bdi>],
                  ...(exception.endedBy ? [['Ended by', <Who key="endedBy" name={exception.endedBy} />] as const] : []),
                ] as const)),
          ]}
        />
        {active && rights.ends && (
          <div className={styles.buttons}>
            <Button variant="default" onClick={() => end(true)}>
              Withdraw
            </Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
