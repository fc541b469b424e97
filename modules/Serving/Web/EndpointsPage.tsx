import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useChanges } from '@/live/useLive';
import { percent } from '@/parts/bars';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { useNow } from '@/parts/useNow';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import type { Column, Shown } from '@/table/columns';
import { ColumnPicker } from '@/table/ColumnPicker';
import { DataTable } from '@/table/DataTable';
import { TableFoot } from '@/table/TableFoot';
import { useColumns } from '@/table/useColumns';
import { FirstEndpoint } from './FirstEndpoint';
import { modelPath, versionPath } from './places';
import { endpointPath, endpointsQuery, type Endpoint } from './queries';
import { endpointsRoute } from './routes';
import { healthOf, observed, ofRole } from './states';
import { useRates } from './useRates';

type Row = Endpoint & { rate: number | undefined };

const usual: readonly Shown[] = ['name', 'state', 'model', 'champion', 'canary', 'rate', 'observed', 'predictions', 'changed'].map((id) => ({
  id,
  pinned: id === 'name',
}));

const columnsFor = (workspace: string, now: number): Column<Row>[] => [
  {
    id: 'name',
    title: 'Endpoint',
    width: 160,
    text: ({ name }) => name,
    cell: ({ name }) => (
      <Go href={endpointPath(workspace, name)} tabIndex={-1} title={name}>
        <bdi>{name}</bdi>
      </Go>
    ),
  },
  {
    id: 'state',
    title: 'State',
    width: 130,
    text: (row) => healthOf(row).word,
    cell: (row) => {
      const { verdict, word } = healthOf(row);
      return (
        <span title={row.health.detail}>
          <VerdictChip verdict={verdict} quiet>
            {word}
          </VerdictChip>
        </span>
      );
    },
  },
  {
    id: 'model',
    title: 'Model',
    width: 170,
    text: ({ model }) => model,
    cell: ({ model }) => (
      <Go href={modelPath(workspace, model)} tabIndex={-1} title={model}>
        <bdi>{model}</bdi>
      </Go>
    ),
  },
  {
    id: 'champion',
    title: 'Champion',
    width: 110,
    figure: true,
    text: ({ deployments }) => ofRole(deployments, 'champion')[0]?.version,
    cell: ({ model, deployments }) => {
      const version = ofRole(deployments, 'champion')[0]?.version;
      return version === undefined ? (
        '–'
      ) : (
        <Go href={versionPath(workspace, model, version)} tabIndex={-1}>
          version {version}
        </Go>
      );
    },
  },
  {
    id: 'canary',
    title: 'Canary',
    width: 150,
    figure: true,
    text: ({ deployments }) => ofRole(deployments, 'canary')[0]?.share,
    cell: ({ deployments }) => {
      const [canary] = ofRole(deployments, 'canary');
      return canary ? `version ${canary.version} at ${percent(canary.share)}` : '–';
    },
  },
  {
    id: 'rate',
    title: 'Requests a minute',
    width: 160,
    figure: true,
    text: ({ rate }) => rate,
    cell: ({ rate }) => (rate === undefined ? <span title="Measured while this page is open">…</span> : count(Math.round(rate))),
  },
  {
    id: 'observed',
    title: 'Observed = approved',
    width: 180,
    text: ({ deployments }) => observed(deployments, now).word,
    cell: ({ deployments }) => {
      const { verdict, word } = observed(deployments, now);
      return (
        <VerdictChip verdict={verdict} quiet>
          {word}
        </VerdictChip>
      );
    },
  },
  {
    id: 'predictions',
    title: 'Predictions',
    width: 110,
    figure: true,
    text: ({ counts }) => counts.predictions,
    cell: ({ counts }) => count(counts.predictions),
  },
  { id: 'refused', title: 'Refused', width: 90, figure: true, text: ({ counts }) => counts.refused, cell: ({ counts }) => count(counts.refused) },
  { id: 'failed', title: 'Failed', width: 90, figure: true, text: ({ counts }) => counts.failed, cell: ({ counts }) => count(counts.failed) },
  {
    id: 'changed',
    title: 'Last change',
    width: 120,
    figure: true,
    text: ({ changedMs }) => changedMs,
    cell: ({ changedMs }) => <When atMs={changedMs} focusable={false} />,
  },
];

const none: Endpoint[] = [];

/** Which endpoints answer, with what, and is it what was approved? */
export function EndpointsPage() {
  const { workspace } = endpointsRoute.useParams();
  const search = endpointsRoute.useSearch();
  const navigate = endpointsRoute.useNavigate();
  const queries = useQueryClient();
  const now = useNow();
  const endpoints = useQuery({ ...endpointsQuery(workspace), refetchInterval: 5_000 });
  const items = endpoints.data?.items ?? none;
  const rates = useRates(items, endpoints.dataUpdatedAt);
  const rows = items.map((endpoint): Row => ({ ...endpoint, rate: rates.get(endpoint.name) }));
  const columns = useMemo(() => columnsFor(workspace, now), [workspace, now]);
  const { shown, set } = useColumns(columns, usual, search.cols, (cols) => void navigate({ search: { ...search, cols }, replace: true }));

  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'endpoint' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['endpoints', workspace] });
    }
  });

  return (
    <Page title="Endpoints" fill toolbar={rows.length > 0 && <ColumnPicker columns={columns} shown={shown} onShown={set} />}>
      {endpoints.isPending ? (
        <Skeleton lines={8} label="Reading endpoints" />
      ) : endpoints.isError && rows.length === 0 ? (
        <Problem title="The endpoints could not be read" error={endpoints.error} retry={() => void endpoints.refetch()} />
      ) : rows.length === 0 ? (
        <FirstEndpoint workspace={workspace} />
      ) : (
        <>
          <DataTable
            label="Endpoints"
            columns={columns}
            shown={shown}
            onShown={set}
            rows={rows}
            rowId={({ name }) => name}
            href={({ name }) => endpointPath(workspace, name)}
            onSort={() => undefined}
            hasMore={false}
            loadingMore={false}
            loadMore={() => undefined}
          />
          <TableFoot loaded={rows.length} hasMore={false} loading={false} />
        </>
      )}
    </Page>
  );
}
