import { expect, test } from 'vitest';
import { choices, firstToLeave, rollbackReach, shareOf, wordsOf } from './acts';
import { needOf } from './needs';
import type { Deployment, Endpoint, Replica } from './queries';
import { perMinute, withSample, type Sample } from './rate';
import { askIt } from './snippets';
import { healthOf, observed, replicaSaid, silentMs, thresholdSaid, trafficSaid } from './states';
import { tell } from './tell';

const digest = 'a'.repeat(64);
const replica = (more: Partial<Replica> = {}): Replica => ({ replica: 'one', matches: true, seenMs: 1_000, digest, ...more });
const deployment = (more: Partial<Deployment> = {}): Deployment => ({
  id: `d${more.version ?? 1}`,
  version: 1,
  role: 'champion',
  share: 1,
  modelDigest: digest,
  sinceMs: 0,
  by: 'ada',
  predictions: 0,
  replicas: [replica()],
  ...more,
});
const champion = deployment({ share: 0.9 });
const canary = deployment({ version: 2, role: 'canary', share: 0.1 });
const shadow = deployment({ version: 3, role: 'shadow', share: 0 });
const endpoint = (more: Partial<Endpoint> = {}): Endpoint => ({
  name: 'loans',
  model: 'score',
  stopped: false,
  rollout: 'canary',
  deployments: [champion, canary, shadow],
  health: { verdict: 'yes', detail: 'As approved.' },
  counts: { requests: 10, refused: 1, failed: 0, predictions: 20 },
  createdMs: 0,
  changedMs: 5,
  by: 'ada',
  ...more,
});

test.each([
  [endpoint(), 'yes', 'answers'],
  [endpoint({ stopped: true }), 'no', 'stopped'],
  [endpoint({ rollout: 'halted', health: { verdict: 'attention', detail: '' } }), 'attention', 'halted'],
  [endpoint({ health: { verdict: 'no', detail: '' } }), 'no', 'faulty'],
  [endpoint({ health: { verdict: 'unheard of', detail: '' } }), 'unknown', 'nothing to answer with'],
] as const)('an endpoint %# is %s, %s', (each, verdict, word) => {
  expect(healthOf(each)).toEqual({ verdict, word });
});

test.each([
  [replica(), 'yes', 'as approved'],
  [replica({ matches: false }), 'no', 'not what was approved'],
  [replica({ matches: false, digest: null, fault: 'no such blob' }), 'no', 'not loaded'],
  [replica({ seenMs: 1_000 - silentMs - 1 }), 'unknown', 'not heard of'],
  [replica({ matches: false, seenMs: 0 - silentMs }), 'no', 'not what was approved'],
] as const)('a replica %# is %s, %s', (each, verdict, word) => {
  expect(replicaSaid(each, 1_000)).toEqual({ verdict, word });
});

test.each([
  [[], 'unknown'],
  [[deployment({ replicas: [] })], 'unknown'],
  [[champion, canary], 'yes'],
  [[champion, deployment({ version: 2, replicas: [] })], 'unknown'],
  [[deployment({ replicas: [] }), deployment({ version: 2, replicas: [replica({ matches: false })] })], 'no'],
  [[deployment({ replicas: [replica(), replica({ seenMs: -silentMs })] })], 'unknown'],
] as const)('what is loaded %# is as approved: %s', (deployments, verdict) => {
  expect(observed(deployments, 1_000).verdict).toBe(verdict);
});

test.each([
  [[], 'nothing answers'],
  [[champion, canary, shadow], '90.0 % version 1, 10.0 % version 2 (canary)'],
])('traffic is told as %s', (deployments, said) => {
  expect(trafficSaid(deployments)).toBe(said);
});

test.each([
  [deployment(), undefined],
  [deployment({ threshold: 0.31, atOrAbove: 'deny', below: 'approve' }), 'deny at 0.31 and above, approve below'],
  [deployment({ threshold: 0.31, atOrAbove: 'deny' }), 'deny at 0.31 and above'],
])('a threshold is told as %s', (each, said) => {
  expect(thresholdSaid(each)).toBe(said);
});

const all = { write: true, stop: true };
test.each([
  [endpoint(), all, ['promote', 'split', 'halt', 'rollback', 'deploy', 'stop']],
  [endpoint({ rollout: 'halted' }), all, ['resume', 'split', 'rollback', 'stop']],
  [endpoint({ rollout: 'steady', deployments: [champion] }), all, ['rollback', 'deploy', 'stop']],
  [endpoint({ rollout: 'steady', deployments: [] }), all, ['deploy', 'stop']],
  [endpoint({ stopped: true }), { write: false, stop: true }, ['release', 'halt', 'rollback']],
  [endpoint(), { write: true, stop: false }, ['promote', 'split', 'deploy']],
  [endpoint(), { write: false, stop: false }, []],
] as const)('what may be done %#', (each, rights, expected) => {
  expect(choices(each, rights)).toEqual(expected);
});

test('the kill switch says whom it reaches', () => {
  expect(wordsOf('stop', endpoint(), 119.6).reach).toContain('90.0 % version 1, 10.0 % version 2 (canary) are cut off, shadows with them; about 120 requests a minute');
  expect(wordsOf('stop', endpoint(), undefined).reach).toContain('20 predictions so far');
});

test('the second release says who gave the first', () => {
  expect(wordsOf('release', endpoint({ releases: [] }), undefined).reach).toContain('Two people');
  expect(wordsOf('release', endpoint({ releases: [{ by: 'bob', reason: 'fixed', atMs: 1 }] }), undefined).reach).toContain('bob has released it already');
});

test.each([
  [1, 'Every unit'],
  [2, '10.0 % of the units that get version 2 get version 1 again'],
  [3, 'answers nobody'],
  [9, ''],
])('taking version %i out says %s', (version, said) => {
  expect(rollbackReach(endpoint(), version)).toContain(said);
});

test.each([
  [[champion, canary], 2],
  [[champion, shadow], 1],
  [[], undefined],
])('of %# version %s leaves first', (deployments, version) => {
  expect(firstToLeave(deployments)).toBe(version);
});

test.each([
  ['10', 0.1],
  [' 2,5 % ', 0.025],
  ['0', undefined],
  ['100', undefined],
  ['', undefined],
  ['many', undefined],
])('a share typed as %s is %s', (text, share) => {
  expect(shareOf(text)).toBe(share);
});

const sample = (atMs: number, requests: number, refused = 0): Sample => ({ atMs, requests, refused, failed: 0 });
const gathered = (...samples: Sample[]) => samples.reduce<readonly Sample[]>(withSample, []);

test.each([
  [[], undefined],
  [[sample(0, 5)], undefined],
  [[sample(0, 5), sample(1_000, 9)], undefined],
  [[sample(0, 5), sample(5_000, 10), sample(10_000, 20, 5)], 120],
  [[sample(0, 500), sample(5_000, 0), sample(10_000, 10)], 120],
  [[sample(0, 0), sample(90_000, 900), sample(100_000, 920)], 120],
])('samples %# make %s a minute', (samples, rate) => {
  expect(perMinute(gathered(...samples))).toBe(rate);
});

test('what stands still is no new sample', () => {
  expect(gathered(sample(0, 1), sample(100, 1))).toHaveLength(1);
});

test('lines to copy hold every input in its type, whatever shell or workspace', () => {
  const tabs = askIt({
    origin: 'http://host',
    workspace: 'risk',
    endpoint: 'my loans',
    inputs: [
      { name: "owner's income", type: 'double' },
      { name: 'kind', type: 'string' },
      { name: 'married', type: 'boolean' },
    ],
    required: true,
  });
  const of = (language: string) => tabs.find((tab) => tab.language === language)?.code ?? '';

  expect(of('V2 curl')).toContain("'http://host/w/risk/v2/models/my%20loans/infer'");
  expect(of('V2 curl')).toContain(`"owner'\\''s income"`);
  expect(of('V2 curl')).toContain('"datatype":"BOOL","data":[true]');
  expect(of('V2 Python')).toContain('"data": [True]');
  expect(of('V2 Python')).toContain('YOUR_KEY');
  expect(of('MLflow curl')).toContain('/endpoints/my%20loans/invocations');
  expect(of('MLflow Python')).toContain('{"dataframe_records": [{"owner\'s income": 0.5, "kind": "text", "married": True, "unit_id": "UNIT"}]}');
});

test.each([
  [endpoint(), undefined],
  [endpoint({ stopped: true, reason: 'too many denials' }), 'too many denials'],
  [endpoint({ stopped: true, reason: 'x', releases: [{ by: 'bob', reason: '', atMs: 1 }] }), 'x; released by bob, one more is needed'],
  [endpoint({ rollout: 'halted', reason: 'drift' }), 'drift'],
  [endpoint({ health: { verdict: 'no', detail: 'Another file.' } }), 'Another file.'],
])('an endpoint %# needs a person because: %s', (each, why) => {
  expect(needOf('w', each)?.why).toBe(why);
});

test.each([
  ['endpoint.created', { endpoint: 'loans', model: 'score' }, 'endpoint loans made for score'],
  [
    'endpoint.trafficChanged',
    { endpoint: 'loans', deployments: [champion, canary, shadow] },
    'endpoint loans now runs version 1 at 90.0 %, version 2 at 10.0 %, version 3 as shadow',
  ],
  ['endpoint.stopped', { endpoint: 'loans', reason: 'wrong' }, 'endpoint loans stopped: wrong'],
  ['endpoint.released', { endpoint: 'loans', by: ['ada', 'bob'] }, 'endpoint loans released by ada and bob'],
  ['rollout.halted', { endpoint: 'loans', version: 2, reason: 'drift' }, 'rollout under loans halted at version 2: drift'],
  ['rollout.rolledBack', { endpoint: 'loans', from: 3, to: 1, reason: 'denies' }, 'rollout under loans rolled back from version 3 to 1: denies'],
  ['run.finished', { runId: 'a' }, undefined],
])('%s is told as %s', (kind, detail, said) => {
  const told = tell({ kind, subject: '', detail }, 'w');

  expect(told && `${told.before} ${told.name} ${told.after}`).toBe(said);
});
