import { expect, test } from 'vitest';
import { placeOf } from './places';
import type { PipelineRun, Step } from './queries';
import { firstLook, noteOf, progress, summaryOf } from './states';
import { tell } from './tell';
import { withFresh } from './useLivePipelineRuns';
import { appended, type StepLog } from './useStepLog';

const step = (name: string, state: Step['state'], more: Partial<Step> = {}): Step => ({
  name,
  uses: 'split',
  state,
  needs: [],
  attempts: 1,
  inputs: {},
  outputs: {},
  summary: {},
  ...more,
});

test.each([
  [step('a', 'succeeded', { startedMs: 1_000, endedMs: 2_500 }), '1.5 s'],
  [step('a', 'succeeded', { startedMs: 1_000, endedMs: 2_500, attempts: 2 }), '1.5 s · try 2'],
  [step('a', 'running', { startedMs: 1_000 }), 'running 9.0 s'],
  [step('a', 'failed', { startedMs: 1_000, endedMs: 1_420, attempts: 3 }), 'failed after 420 ms · try 3'],
  [step('a', 'failed'), 'failed'],
  [step('a', 'reused'), 'reused'],
  [step('a', 'waiting', { attempts: 0 }), 'waiting'],
] as const)('%j says %s', (each, note) => {
  expect(noteOf(each, 10_000)).toBe(note);
});

test.each([
  [[step('a', 'succeeded'), step('b', 'failed'), step('c', 'skipped')], 'b'],
  [[step('a', 'reused'), step('b', 'running'), step('c', 'waiting')], 'b'],
  [[step('a', 'succeeded'), step('b', 'succeeded')], 'b'],
  [[step('a', 'waiting'), step('b', 'waiting')], 'a'],
  [[], undefined],
] as const)('%j is opened at %s', (steps, name) => {
  expect(firstLook(steps)).toBe(name);
});

test.each([
  [{ succeeded: 2, reused: 3, waiting: 2 }, '5 of 7 · 3 reused'],
  [{ succeeded: 1, failed: 1, skipped: 2 }, '1 of 4 · 1 failed · 2 skipped'],
  [{}, '0 of 0'],
])('%j is said as %s', (states, said) => {
  expect(progress(states)).toBe(said);
});

const run = (id: string, steps: Step[]): PipelineRun => ({
  id,
  pipeline: 'p',
  definitionDigest: 'ab',
  state: 'running',
  startedMs: 1,
  by: 'u',
  byName: 'Ada',
  files: {},
  steps,
});

test('a run is summed up by the states of its steps', () => {
  expect(summaryOf(run('1', [step('a', 'reused'), step('b', 'reused'), step('c', 'running')])).stepStates).toEqual({ reused: 2, running: 1 });
});

test('a run that changed takes the place of its older self; no row moves', () => {
  const pages = [{ items: [summaryOf(run('2', [])), summaryOf(run('1', []))] }];

  const after = withFresh(pages, [{ ...summaryOf(run('1', [])), state: 'succeeded' }, summaryOf(run('3', []))]);

  expect(after[0]!.items.map(({ id, state }) => [id, state])).toEqual([
    ['2', 'running'],
    ['1', 'succeeded'],
  ]);
});

test.each([
  [{ type: 'dataset', digest: 'd', name: 'a b', facts: { version: '2' } }, '/w/w/datasets/a%20b?version=2'],
  [{ type: 'dataset', digest: 'd', name: 'part' }, undefined],
  [{ type: 'modelVersion', digest: 'd', name: 'm version 3', facts: { model: 'm', version: '3' } }, '/w/w/models/m/versions/3'],
  [{ type: 'modelVersion', digest: 'd', name: 'm version 3' }, undefined],
  [{ type: 'model', digest: 'd', facts: { runId: 'abc' } }, '/w/w/runs/abc'],
  [{ type: 'file', digest: 'd' }, undefined],
] as const)('%j is at %s', (value, href) => {
  expect(placeOf('w', value)?.href).toBe(href);
});

test('the log keeps its newest lines and says how many went', () => {
  const line = (text: string) => ({ atMs: 1, text });
  const before: StepLog = { lines: [line('a'), line('b')], dropped: 1, ended: false };

  expect(appended(before, [line('c'), line('d')], true, 3)).toEqual({ lines: [line('b'), line('c'), line('d')], dropped: 2, ended: true });
});

test.each([
  ['pipelineRun.started', 'started'],
  ['pipelineRun.finished', 'failed'],
  ['run.finished', undefined],
])('%s is told as %s', (kind, after) => {
  expect(tell({ kind, subject: '', detail: { pipelineRunId: 'ab', pipeline: 'p', state: 'Failed' } }, 'w')?.after).toBe(after);
});
