import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { api, value } from '@/api/client';
import { may, useSession } from '@/api/session';
import { useKeys } from '@/keys/useKeys';
import { useChanges } from '@/live/useLive';
import { useEvidence } from '@/parts/evidence';
import { EmptyState } from '@/parts/EmptyState';
import { count, duration } from '@/parts/format';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { useWorkspace } from '@/shell/workspace';
import { ActorName } from './ActorName';
import { AuditEvidence } from './AuditEvidence';
import { AuditFilters } from './AuditFilters';
import styles from './Identity.module.css';
import { auditEntryQuery, auditQuery, type AuditEntry } from './queries';
import { auditRoute, type AuditSearch } from './routes';
import { objectName, usePrincipals } from './usePrincipals';

const none: AuditEntry[] = [];
const shown: readonly Shown[] = [{ id: 'at' }, { id: 'actor' }, { id: 'action' }, { id: 'object' }, { id: 'workspace' }, { id: 'reason' }, { id: 'index' }];

/** Who did what, and can I prove it? */
export function AuditPage() {
  const search = auditRoute.useSearch();
  const navigate = auditRoute.useNavigate();
  const change = useCallback((next: Partial<AuditSearch>) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }), [navigate]);
  const { actor, action, entry } = search;
  const session = useSession();
  const here = useWorkspace();
  // Who may read one workspace only is shown that one.
  const everywhere = may(session, 'audit.read');
  const workspace = search.workspace ?? (everywhere ? undefined : here);
  const readable = may(session, 'audit.read', workspace);
  const principals = usePrincipals();
  const question = useMemo(() => ({ workspace, actor, action }), [workspace, actor, action]);
  const queries = useQueryClient();
  const first = useRef<HTMLInputElement>(null);
  const evidence = useEvidence();

  const entries = useInfiniteQuery({ ...auditQuery(question), placeholderData: keepPreviousData, enabled: readable });
  const rows = useMemo(() => entries.data?.pages.flatMap(({ items }) => items) ?? none, [entries.data]);
  const opened = useQuery({ ...auditEntryQuery(entry ?? ''), enabled: entry !== undefined });
  const columns = useMemo(
    (): Column<AuditEntry>[] => [
      {
        id: 'index',
        title: 'Place',
        width: 82,
        figure: true,
        text: (item) => item.index,
        cell: (item) => item.index ?? <span className={styles.pending}>pending</span>,
      },
      { id: 'at', title: 'When', width: 96, figure: true, text: (item) => item.atMs, cell: (item) => <When atMs={item.atMs} focusable={false} /> },
      { id: 'actor', title: 'Who', width: 150, text: (item) => item.actor, cell: (item) => <ActorName entry={item} principals={principals} /> },
      { id: 'action', title: 'Action', width: 190, text: (item) => item.action, cell: (item) => <code>{item.action}</code> },
      {
        id: 'object',
        title: 'Object',
        width: 320,
        text: (item) => item.object,
        cell: (item) => <bdi title={item.object}>{objectName(item.object, principals)}</bdi>,
      },
      { id: 'workspace', title: 'Workspace', width: 110, text: (item) => item.workspace, cell: (item) => <bdi>{item.workspace || '–'}</bdi> },
      {
        id: 'reason',
        title: 'Reason',
        width: 260,
        text: (item) => item.reason,
        cell: (item) => <bdi title={item.reason ?? undefined}>{item.reason ?? '–'}</bdi>,
      },
    ],
    [principals],
  );

  useEffect(() => {
    if (entry !== undefined && opened.data) {
      evidence.open({
        title: `${opened.data.action} ${opened.data.object}`,
        body: <AuditEvidence key={opened.data.id} entry={opened.data} />,
        from: `GET /api/v1/audit/${entry}`,
      });
    }
    // The panel follows the address; the desk itself changes with what it shows.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [entry, opened.data]);
  useChanges((changes) => {
    if (changes.some(({ kind }) => kind === 'audit' || kind === 'resync')) {
      void queries.invalidateQueries({ queryKey: ['audit'] });
    }
  }, 2_000);
  useKeys([{ keys: '/', label: 'Filter', run: () => first.current?.focus() }]);

  const exports = may(session, 'audit.export');
  const verify = useMutation({ mutationFn: () => value(api.POST('/api/v1/audit/verify')) });
  const open = (item: AuditEntry) => {
    if (item.id === entry) {
      evidence.open({ title: `${item.action} ${item.object}`, body: <AuditEvidence key={item.id} entry={item} />, from: `GET /api/v1/audit/${item.id}` });
    }
    change({ entry: item.id });
  };
  return (
    <Page
      title="Audit"
      fill
      action={
        exports && (
          <Button size="compact-md" loading={verify.isPending} onClick={() => verify.mutate()}>
            Verify the log
          </Button>
        )
      }
      toolbar={
        <>
          <AuditFilters first={first} search={{ ...search, workspace }} principals={principals} onChange={change} />
          {exports && (
            <Button component="a" variant="default" size="compact-md" href="/api/v1/audit/export" download="audit.ndjson">
              Export
            </Button>
          )}
        </>
      }
    >
      {verify.isError && <Problem title="The log could not be verified" error={verify.error} />}
      {verify.data && (
        <div className={styles.verified} role="status">
          <VerdictChip verdict={verify.data.ok ? 'yes' : 'no'} atMs={verify.submittedAt}>
            {verify.data.ok ? 'nothing was changed' : 'the log was changed'}
          </VerdictChip>
          <span>
            {count(verify.data.entries)} entries and {count(verify.data.checkpoints)} signed checkpoints read in {duration(verify.data.tookMs)}, by the server.
            To trust nobody: <code>slipway audit verify</code> on an export.
          </span>
          {verify.data.faults.length > 0 && (
            <ul>
              {verify.data.faults.slice(0, 20).map((fault) => (
                <li key={fault.detail}>
                  {fault.from != null && (
                    <code>
                      entries {fault.from}–{fault.to}{' '}
                    </code>
                  )}
                  {fault.detail}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      {!readable ? (
        <EmptyState title="The audit is not open to you" why="The roles admin and auditor read it. Whoever administers this workspace can give you one." />
      ) : entries.isPending ? (
        <Skeleton lines={14} label="Reading the audit" />
      ) : entries.isError && rows.length === 0 ? (
        <Problem title="The audit could not be read" error={entries.error} retry={() => void entries.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={workspace || actor || action ? 'No entry fits' : 'Nothing yet'}
          why="Every decision of people and rules, every change of configuration and identity writes an entry here, in the same transaction as the change."
        />
      ) : (
        <>
          <DataTable
            label="Audit entries, newest first"
            columns={columns}
            shown={shown}
            onShown={() => undefined}
            rows={rows}
            rowId={({ id }) => id}
            onOpen={open}
            onSort={() => undefined}
            hasMore={entries.hasNextPage}
            loadingMore={entries.isFetchingNextPage}
            loadMore={() => void entries.fetchNextPage()}
          />
          <TableFoot loaded={rows.length} hasMore={entries.hasNextPage} loading={entries.isFetching}>
            Enter opens an entry with its proof
          </TableFoot>
        </>
      )}
    </Page>
  );
}
