import { describe, expect, test } from 'vitest';
import { sentence } from './activity';
import { isModelId, isRunId, nameLike, quoted } from './filters';
import { firstRun } from './firstRunSnippet';
import { awayMs, visitAt } from './lastVisit';
import { touchedRuns, withFresh } from './liveRuns';
import { pointsFor, type Run, type RunPage } from './queries';
import { splitMetrics } from './splitMetrics';

const run = (runId: string, metrics: Record<string, number | null> = {}): Run => ({
  runId,
  name: runId,
  experimentId: '1',
  status: 'running',
  lifecycle: 'active',
  startedMs: 1,
  endedMs: null,
  user: '',
  params: {},
  metrics,
  tags: {},
});
const page = (...items: Run[]): RunPage => ({ items, next: null, columns: { params: [], metrics: [], tags: [] } });

test.each([
  ['plain', "'plain'"],
  ["it's", `"it's"`],
  [`it's "x"`, `'it_s "x"'`],
])('%s is quoted as %s', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

test('a part of a name finds it', () => {
  expect(nameLike('attributes.run_name', 'otter')).toBe("attributes.run_name ILIKE '%otter%'");
});

test.each([
  ['0af3'.repeat(8), true],
  ['0AF3'.repeat(8), true],
  ['0af3', false],
  ['x'.repeat(32), false],
])('%s is the id of a run: %s', (text, expected) => {
  expect(isRunId(text)).toBe(expected);
});

test.each([
  [`m-${'0af3'.repeat(8)}`, true],
  ['0af3'.repeat(8), false],
  ['m-0af3', false],
])('%s is the id of a logged model: %s', (text, expected) => {
  expect(isModelId(text)).toBe(expected);
});

test.each([
  [1, 2_000],
  [100, 2_000],
  [400, 500],
  [12_000, 50],
])('of %d series at most %d points each are asked for', (series, expected) => {
  expect(pointsFor(series)).toBe(expected);
});

describe('hints', () => {
  const changes = [
    { kind: 'run', workspace: 'default', id: 'a', parent: '1' },
    { kind: 'run', workspace: 'default', id: 'b', parent: '2' },
    { kind: 'run', workspace: 'risk', id: 'c', parent: '1' },
    { kind: 'metric', workspace: 'default', id: 'd', parent: '1' },
    { kind: 'experiment', workspace: 'default', id: '1' },
  ];

  test('touch the runs of the workspace', () => {
    expect([...touchedRuns(changes, 'default')]).toEqual(['a', 'b', 'd']);
  });

  test('touch only the experiment that is shown', () => {
    expect([...touchedRuns(changes, 'default', '1')]).toEqual(['a', 'd']);
  });

  test('change rows in place, with their new columns, and leave other pages as they are', () => {
    const pages = [page(run('a'), run('b')), page(run('c'))];

    const next = withFresh(pages, [run('b', { loss: 1 })]);

    expect(next[0]?.items.map(({ runId }) => runId)).toEqual(['a', 'b']);
    expect(next[0]?.items[1]?.metrics).toEqual({ loss: 1 });
    expect(next[0]?.columns.metrics).toEqual(['loss']);
    expect(next[1]).toBe(pages[1]);
  });
});

test('metrics with steps get charts, in the order people sort; the others are listed', () => {
  const metric = (key: string, step: number) => ({ key, step, timeMs: 0, value: 1 });

  const { series, single } = splitMetrics([metric('fold10', 3), metric('fold2', 3), metric('auc', 0)]);

  expect(series.map(({ key }) => key)).toEqual(['fold2', 'fold10']);
  expect(single.map(({ key }) => key)).toEqual(['auc']);
});

test.each([
  [
    { kind: 'run.started', subject: 'run/abc', detail: { name: 'otter' } },
    true,
    { before: 'you started run', name: 'otter', after: '', path: '/w/default/runs/abc' },
  ],
  [
    { kind: 'run.finished', subject: 'run/abc', detail: { name: 'otter', status: 'failed' } },
    true,
    { before: 'run', name: 'otter', after: 'failed', path: '/w/default/runs/abc' },
  ],
  [
    { kind: 'experiment.deleted', subject: 'experiment/7', detail: { name: 'old' } },
    false,
    { before: 'experiment', name: 'old', after: 'deleted', path: '/w/default/runs?experiment=7' },
  ],
  [{ kind: 'model.sealed', subject: 'model/01234567890123456789', detail: null }, false, { before: 'model', name: '…23456789', after: 'model sealed' }],
])('%j by me (%s) is told as %j', (fact, byMe, expected) => {
  expect(sentence(fact, 'default', byMe)).toEqual(expected);
});

test('a visit ends after half an hour away', () => {
  expect(visitAt(undefined, 100)).toEqual({ beforeMs: 0, seenMs: 100 });
  expect(visitAt({ beforeMs: 5, seenMs: 100 }, 200)).toEqual({ beforeMs: 5, seenMs: 200 });
  expect(visitAt({ beforeMs: 5, seenMs: 100 }, 101 + awayMs)).toEqual({ beforeMs: 100, seenMs: 101 + awayMs });
});

describe('the lines for a first run', () => {
  const code = (first: Parameters<typeof firstRun>[0]) => firstRun(first).map((tab) => tab.code);

  test('are three, with the real address and nothing else to know', () => {
    const tabs = code({ origin: 'http://127.0.0.1:8080', workspace: 'default', required: false });

    tabs.forEach((lines) => expect(lines.split('\n')).toHaveLength(3));
    expect(tabs[0]).toContain('export MLFLOW_TRACKING_URI=http://127.0.0.1:8080\n');
    expect(tabs.join()).not.toContain('YOUR_KEY');
  });

  test('name the workspace, the experiment and the key where they are needed', () => {
    const [python, curl] = code({ origin: 'https://ml.example', workspace: 'risk', required: true, experiment: '7', experimentName: "ada's; rm" });

    expect(python).toContain("MLFLOW_TRACKING_URI=https://ml.example/w/risk MLFLOW_TRACKING_TOKEN=YOUR_KEY MLFLOW_EXPERIMENT_NAME='ada'\\''s; rm'");
    expect(curl).toContain('"experiment_id":"7"');
    expect(curl).toContain("-H 'Authorization: Bearer YOUR_KEY'");
  });
});
