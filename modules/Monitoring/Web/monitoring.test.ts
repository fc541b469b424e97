import { expect, test } from 'vitest';
import { alertNeed, retrainingNeed } from './needs';
import type { Alert, Aspect, MonitorRow, Share, Watched, WindowRow } from './queries';
import { tell } from './tell';
import { alertMoments, bandGuides, decisionOf, psiLines, shareLines } from './timeline';
import { driftSaid, firstLook, psi, pValue, reactionMark, shareSaid, shareVerdict, versionSaid, windowVerdict, withGone, worst } from './verdicts';

const aspect = (verdict: Aspect['verdict'], more: Partial<Aspect> = {}): Aspect => ({ aspect: 'population', verdict, detail: `it is ${verdict}`, ...more });
const watched = (version: number, role: string, ...verdicts: Aspect['verdict'][]): Watched => ({
  version,
  deploymentId: `d${version}`,
  role,
  share: role === 'champion' ? 0.9 : 0.1,
  verdicts: verdicts.map((verdict) => aspect(verdict)),
});
const share = (more: Partial<Share> = {}): Share => ({ decision: 'deny', count: 20, share: 0.2, ...more });
const window = (number: number, more: Partial<WindowRow> = {}): WindowRow => ({
  id: `w${number}`,
  version: 1,
  deploymentId: 'd1',
  role: 'champion',
  number,
  predictions: 100,
  fromMs: number * 1_000,
  toMs: number * 1_000 + 900,
  closedMs: number * 1_000 + 950,
  population: 'yes',
  decisions: 'yes',
  detail: '',
  shares: [share({ low: 0.1, high: 0.3 })],
  digest: '',
  maximumPsi: number / 10,
  ...more,
});

test('what is broken comes before what moved, what nobody knows and what is right', () => {
  expect(worst([aspect('yes'), aspect('unknown'), aspect('attention'), aspect('no')])?.verdict).toBe('no');
  expect(worst([aspect('yes'), aspect('unknown')])?.verdict).toBe('unknown');
  expect(worst([])).toBeUndefined();
});

test.each([
  [[watched(1, 'champion', 'yes'), watched(2, 'canary', 'no')], 2],
  [[watched(1, 'champion', 'yes'), watched(2, 'gone', 'no')], 1],
  [[watched(1, 'champion', 'yes'), watched(2, 'canary', 'yes')], 1],
  [[watched(2, 'gone', 'no')], 2],
  [[], undefined],
] as const)('of versions %# the first to look at is %s', (versions, version) => {
  expect(firstLook(versions)?.version).toBe(version);
});

test('versions that are gone come last, once each', () => {
  const windows = [window(3, { version: 3, deploymentId: 'd3' }), window(2, { version: 3, deploymentId: 'd3' }), window(1)];

  expect(withGone([watched(1, 'champion')], windows).map(({ version, role }) => [version, role])).toEqual([
    [1, 'champion'],
    [3, 'gone'],
  ]);
});

test.each([
  [watched(1, 'champion'), 'version 1, champion at 90.0 %'],
  [{ version: 1, role: 'champion', share: 1 }, 'version 1, champion'],
  [watched(3, 'shadow'), 'version 3, shadow'],
  [watched(2, 'gone'), 'version 2, no longer here'],
])('%# is called %s', (each, said) => {
  expect(versionSaid(each)).toBe(said);
});

test.each([
  [true, true, true, 'no'],
  [true, false, false, 'attention'],
  [false, true, false, 'attention'],
  [false, false, false, 'yes'],
] as const)('real %s and large %s is drift %s: %s', (real, large, drifted, verdict) => {
  expect(driftSaid({ real, large, drifted }).verdict).toBe(verdict);
});

test.each([
  [0.00001, '< 0.001'],
  [0.0123, '0.012'],
  [1, '1'],
])('p = %d is shown as %s', (p, said) => {
  expect(pValue(p)).toBe(said);
});

test.each([
  [0, '0'],
  [0.0123, '0.012'],
  [0.3149, '0.31'],
  [2.5, '2.50'],
])('an index of %d is shown as %s', (value, said) => {
  expect(psi(value)).toBe(said);
});

test.each([
  [share(), 'unknown', '20.0 % of 100; no band is approved'],
  [share({ low: 0.1, high: 0.3 }), 'yes', '20.0 % of 100; approved are 10.0 % to 30.0 %'],
  [share({ high: 0.15, evidence: 2, breaksAt: 6.9 }), 'attention', '20.0 % of 100; approved are at most 15.0 %'],
  [share({ low: 0.3, evidence: 7, breaksAt: 6.9 }), 'no', '20.0 % of 100; approved are at least 30.0 %'],
])('a share %# is %s: %s', (each, verdict, said) => {
  expect(shareVerdict(each)).toBe(verdict);
  expect(shareSaid(each, 100)).toBe(said);
});

test('windows make a line a version, in the order of time', () => {
  const lines = psiLines([window(3), window(1), window(2, { version: 2, maximumPsi: null })]);

  expect(lines.map(({ name, points }) => [name, points.map(({ step, value }) => [step, value])])).toEqual([
    [
      'version 1',
      [
        [1, 0.1],
        [3, 0.3],
      ],
    ],
    ['version 2', [[2, null]]],
  ]);
});

test('the decision with a band is the one that is drawn', () => {
  const windows = [window(1, { shares: [share({ decision: 'approve' }), share({ low: 0.1 })] })];
  const monitor = { versions: [watched(1, 'champion')] };

  expect(decisionOf(monitor, windows)).toBe('deny');
  expect(decisionOf(monitor, [window(1, { shares: [share({ decision: 'approve' })] })])).toBe('approve');
  expect(decisionOf(monitor, [])).toBeUndefined();
  expect(bandGuides(monitor, windows, 'deny')).toEqual([{ name: 'least approved', value: 0.1 }]);
  expect(bandGuides(monitor, windows, 'approve')).toEqual([]);
  expect(shareLines(windows, 'deny')[0]?.points[0]?.value).toBe(0.2);
  expect(shareLines(windows, 'else')[0]?.points[0]?.value).toBeNull();
});

test('only alerts of the kind are marked', () => {
  const alert = (kind: string, openedMs: number): Alert => ({
    id: kind,
    endpoint: 'loans',
    model: 'score',
    version: 2,
    deploymentId: 'd2',
    kind,
    state: 'open',
    reason: '',
    openedMs,
    lastMs: openedMs,
    features: [],
    reactions: [],
    evidenceDigest: '',
  });

  expect(alertMoments([alert('drift', 7), alert('envelope', 8)], 'drift')).toEqual([{ atMs: 7, name: 'alert of version 2' }]);
});

test.each([
  ['yes', 'yes', 'yes'],
  ['unknown', 'attention', 'attention'],
  ['attention', 'no', 'no'],
] as const)('a window of %s and %s is %s', (population, decisions, verdict) => {
  expect(windowVerdict({ population, decisions })).toBe(verdict);
});

test('a reaction of a later version is still shown', () => {
  expect(reactionMark({ state: 'done' }).tone).toBe('yes');
  expect(reactionMark({ state: 'postponed' }).word).toBe('postponed');
});

const row = (openAlerts: number, ...versions: Watched[]): MonitorRow => ({ endpoint: 'loans', model: 'score', verdict: 'no', definitionVersion: 0, openAlerts, versions });

test.each([
  [row(0), undefined],
  [row(2, watched(1, 'champion', 'yes', 'no')), 'it is no'],
  [row(1, watched(1, 'champion', 'yes')), 'its cause may be gone; somebody closes it'],
])('monitor %# needs a person because: %s', (each, why) => {
  expect(alertNeed('w', each)?.why).toBe(why);
});

test('a request for retraining leads to the monitor that asked', () => {
  const need = retrainingNeed('w', { id: 'r', model: 'score', endpoint: 'loans', version: 1, state: 'open', reason: 'drift', requestedMs: 3 });

  expect(need.path).toBe('/w/w/monitors/loans');
  expect(need.title).toBe('Retraining of score is asked for');
});

test.each([
  ['monitor.changed', { endpoint: 'loans', version: 2, aspect: 'decisions', verdict: 'no' }, 'monitor loans decisions of version 2: no longer as approved'],
  [
    'drift.detected',
    { endpoint: 'loans', version: 2, features: [{ feature: 'income', psi: 0.3149, pValue: 0 }] },
    'monitor loans the population of version 2 has drifted: income (PSI 0.31)',
  ],
  [
    'envelope.broken',
    { endpoint: 'loans', version: 2, decision: 'deny', share: 0.6, low: 0.1, high: 0.3 },
    'monitor loans version 2 says deny in 60.0 %, outside 10.0 % to 30.0 %',
  ],
  ['retraining.requested', { model: 'score', reason: 'drift' }, 'retraining of score asked for: drift'],
  ['endpoint.stopped', { endpoint: 'loans' }, undefined],
])('%s is told as %s', (kind, detail, said) => {
  const told = tell({ kind, subject: '', detail }, 'w');

  expect(told && `${told.before} ${told.name} ${told.after}`).toBe(said);
});
