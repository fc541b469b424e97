import type { Evidence } from '@/parts/evidence';
import { Figure } from '@/parts/Figure';
import { duration } from '@/parts/format';
import { Go } from '@/parts/Go';
import { When } from '@/parts/When';
import { fieldName, type FilterField } from '@/table/complete';
import type { Column, Shown } from '@/table/columns';
import { runPath, runsPath, type Run, type RunPage } from './queries';
import { RunStatus } from './RunStatus';

/** Every column that runs with these keys can have. */
export function runColumns(workspace: string, keys: RunPage['columns']): Column<Run>[] {
  return [
    {
      id: 'name',
      title: 'Name',
      width: 240,
      sortable: true,
      text: (run) => run.name,
      cell: (run) => (
        <Go href={runPath(workspace, run.runId)} tabIndex={-1} title={run.name}>
          <bdi>{run.name}</bdi>
        </Go>
      ),
    },
    { id: 'status', title: 'Status', width: 112, sortable: true, text: (run) => run.status, cell: (run) => <RunStatus status={run.status} quiet /> },
    {
      id: 'started',
      title: 'Started',
      width: 112,
      sortable: true,
      figure: true,
      text: (run) => run.startedMs || undefined,
      cell: (run) => <When atMs={run.startedMs || undefined} focusable={false} />,
    },
    {
      id: 'duration',
      title: 'Duration',
      width: 104,
      figure: true,
      text: tookMs,
      cell: (run) => {
        const took = tookMs(run);
        return took === undefined ? '–' : duration(took);
      },
    },
    { id: 'user', title: 'User', width: 110, sortable: true, text: (run) => run.user, cell: (run) => <bdi title={run.user}>{run.user || '–'}</bdi> },
    {
      id: 'experiment',
      title: 'Experiment',
      width: 96,
      text: (run) => run.experimentId,
      cell: (run) => (
        <Go href={runsPath(workspace, run.experimentId)} tabIndex={-1}>
          {run.experimentId}
        </Go>
      ),
    },
    { id: 'id', title: 'Run id', width: 250, text: (run) => run.runId, cell: (run) => <code>{run.runId}</code> },
    ...keys.metrics.map((key): Column<Run> => ({
      id: `metrics.${key}`,
      title: key,
      group: 'Metric',
      // Six digits with their zeros and sign: -0.00123456.
      width: Math.max(116, widthOf(key)),
      figure: true,
      sortable: true,
      text: (run) => run.metrics[key],
      cell: (run) => <Figure inTable value={run.metrics[key]} evidence={key in run.metrics ? metricEvidence(workspace, run, key) : undefined} />,
    })),
    ...keys.params.map((key): Column<Run> => ({
      id: `params.${key}`,
      title: key,
      group: 'Parameter',
      width: widthOf(key),
      sortable: true,
      text: (run) => run.params[key],
      cell: (run) => <bdi title={run.params[key]}>{run.params[key] ?? '–'}</bdi>,
    })),
    ...keys.tags.map((key): Column<Run> => ({
      id: `tags.${key}`,
      title: key,
      group: 'Tag',
      width: 140,
      text: (run) => run.tags[key],
      cell: (run) => <bdi title={run.tags[key]}>{run.tags[key] ?? '–'}</bdi>,
    })),
  ];
}

/** How long a run took, in milliseconds; unknown while it runs, or when its client did not say. */
const tookMs = ({ startedMs, endedMs }: Run): number | undefined => (startedMs > 0 && endedMs ? endedMs - startedMs : undefined);

/** Where a metric in the table comes from: the last point of that run. */
function metricEvidence(workspace: string, run: Run, key: string): Evidence {
  const value = run.metrics[key] ?? null;
  return {
    title: key,
    facts: [
      ['Run', run.name],
      ['Value', value === null ? 'NaN, as it was logged' : String(value)],
      ['Meaning', 'the point with the greatest step; of several, the latest'],
    ],
    from: `GET /api/v1/w/${workspace}/runs/${run.runId}/series?key=${encodeURIComponent(key)}`,
    link: { href: `${runPath(workspace, run.runId)}?metrics=${encodeURIComponent(key)}`, text: 'Its whole course, on the page of the run' },
  };
}

const widthOf = (title: string): number => Math.max(88, Math.min(200, 40 + title.length * 7));

/** What is shown before anybody chooses: what it is, how it went, its first metrics and parameters. */
export function usualColumns(keys: RunPage['columns'], withExperiment: boolean): Shown[] {
  return [
    { id: 'name', pinned: true },
    { id: 'status' },
    { id: 'started' },
    { id: 'duration' },
    ...(withExperiment ? [{ id: 'experiment' }] : []),
    { id: 'user' },
    ...keys.metrics.slice(0, 8).map((key) => ({ id: `metrics.${key}` })),
    ...keys.params.slice(0, 8).map((key) => ({ id: `params.${key}` })),
  ];
}

/** What a filter on runs may name. */
export function runFields(keys: RunPage['columns']): FilterField[] {
  return [
    { name: 'attributes.status', kind: 'attribute', values: ['RUNNING', 'FINISHED', 'FAILED', 'KILLED', 'SCHEDULED'] },
    { name: 'attributes.run_name', kind: 'attribute' },
    { name: 'attributes.user_id', kind: 'attribute' },
    { name: 'attributes.start_time', kind: 'attribute, ms', figure: true },
    ...keys.metrics.map((key): FilterField => ({ name: fieldName('metrics', key), kind: 'metric', figure: true })),
    ...keys.params.map((key): FilterField => ({ name: fieldName('params', key), kind: 'parameter' })),
    ...keys.tags.map((key): FilterField => ({ name: fieldName('tags', key), kind: 'tag' })),
  ];
}

/** The keys of all pages together. */
export function keysOf(pages: readonly RunPage[]): RunPage['columns'] {
  const all = (kind: keyof RunPage['columns']) => [...new Set(pages.flatMap((page) => page.columns[kind]))].sort();
  return { params: all('params'), metrics: all('metrics'), tags: all('tags') };
}
