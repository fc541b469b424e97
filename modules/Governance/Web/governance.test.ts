import { describe, expect, test } from 'vitest';
import { ProblemError } from '@/api/problem';
import { between, differenceOf } from './changes';
import { dayAfter, endOfDay } from './days';
import { faultsOf, template, textOf } from './entryText';
import { isMine, mineFirst, settle, signedOf, stateOf } from './inbox';
import type { Approval, ApprovalRow, Entry, Row } from './queries';
import { newestFirst, shelve } from './shelf';
import { tell } from './tell';
import { ageOf, expectation, inOrder, isAgainst, sentenceOf, shortly, spell, stageOf, verdictOf } from './verdicts';

const row = (requirement: string, verdict: Row['verdict'], waivable = true): Row => ({
  requirement,
  effect: 'require',
  evidence: 'metrics.auc',
  operator: 'atLeast',
  expected: '0.8',
  verdict,
  sentence: 's',
  waivable,
});
const line = (id: string, more: Partial<ApprovalRow> = {}): ApprovalRow => ({
  id,
  model: 'm',
  version: 1,
  state: 'requested',
  inForce: false,
  requestedBy: 'ada',
  requestedMs: 0,
  reason: 'r',
  needs: { signOffs: 2, have: 1 },
  unmet: 0,
  waived: 0,
  maySign: false,
  mayDecide: false,
  ...more,
});
const entry = (model: string, tier: number): Entry => ({
  model,
  purpose: 'Says "who"\npays',
  useCase: 'Lending',
  approvedUses: ['Order: the queue', '# not a comment'],
  factors: { exposure: { score: 3, reason: 'a, b' }, purpose: { score: 4, reason: 'c' } },
  tier,
  tierScore: 3,
  tierReason: 'r',
  digest: 'd',
  changedMs: 0,
  changedBy: 'ada',
});

describe('the rows of an approval', () => {
  test('what stands against it comes first, and of that what nobody can waive; otherwise the order of the policy stays', () => {
    const rows = [row('a', 'met'), row('b', 'waived'), row('c', 'unmet'), row('d', 'missing', false), row('e', 'met'), row('f', 'stale')];

    expect(inOrder(rows).map(({ requirement }) => requirement)).toEqual(['d', 'c', 'f', 'b', 'a', 'e']);
    expect(rows.filter(isAgainst)).toHaveLength(3);
  });

  test.each([
    [[], 'unknown', 'nothing is required'],
    [[row('a', 'met'), row('b', 'met')], 'yes', 'every requirement is met'],
    [[row('a', 'met'), row('b', 'waived')], 'attention', 'met, with exceptions'],
    [[row('a', 'met'), row('b', 'unmet')], 'no', '1 requirement stands against it'],
    [[row('a', 'stale'), row('b', 'missing', false)], 'no', '2 requirements stand against it'],
  ] as const)('%j is told as %s, %s', (rows, verdict, word) => {
    expect(verdictOf({ rows } as unknown as Approval)).toMatchObject({ verdict, word });
  });

  test('whether an exception can help is said', () => {
    expect(verdictOf({ rows: [row('a', 'unmet')] } as unknown as Approval).sentence).toContain('An exception');
    expect(verdictOf({ rows: [row('a', 'unmet', false)] } as unknown as Approval).sentence).toContain('cannot be waived');
  });

  test.each([
    ['atLeast', '0.8', 'at least 0.8'],
    ['exists', '', 'must be there'],
    ['oneOf', 'a, b', 'one of a, b'],
    ['resembles', 'x', 'resembles x'],
  ])('%s %s is read as %s', (operator, expected, said) => {
    expect(expectation({ operator, expected })).toBe(said);
  });

  test.each([
    [undefined, undefined, '–'],
    [420, undefined, '420 ms'],
    [3 * 86_400_000, 90 * 86_400_000, '3 d, at most 90 d'],
    [undefined, 12 * 3_600_000, 'unknown, at most 12 h 0 min'],
  ])('an age of %s with a limit of %s is %s', (ageMs, maximumAgeMs, said) => {
    expect(ageOf({ ageMs, maximumAgeMs })).toBe(said);
  });

  test('an hour is an hour and two days are days', () => {
    expect([spell(3_600_000), spell(2 * 86_400_000)]).toEqual(['1 h 0 min', '2 d']);
  });
});

test.each([
  [undefined, 'nothing'],
  ['0.788', '0.788'],
  ['ab'.repeat(32), 'abababab'],
  ['x'.repeat(200), `${'x'.repeat(119)}…`],
])('%s found is shown as %s', (actual, shown) => {
  expect(shortly(actual)).toBe(shown);
});

test('a verdict in words does not repeat the name of its row', () => {
  expect(sentenceOf({ requirement: 'fair', sentence: 'fair: the ratio is 0.7; at least 0.8 is asked for.' })).toBe('the ratio is 0.7; at least 0.8 is asked for.');
  expect(sentenceOf({ requirement: 'fair', sentence: 'It is fair.' })).toBe('It is fair.');
});

test.each([
  ['granted', true, 'in force'],
  ['granted', false, 'overtaken'],
  ['requested', false, 'waits for sign-off'],
  ['voided', false, 'voided'],
] as const)('an approval that is %s (in force: %s) is %s', (state, inForce, word) => {
  expect(stageOf({ state, inForce }).word).toBe(word);
});

describe('the inbox', () => {
  test('what waits for me comes first, and what I can sign before what I have to decide', () => {
    const rows = [line('a'), line('b', { mayDecide: true }), line('c', { maySign: true, mayDecide: true }), line('d', { state: 'refused' })];

    expect(mineFirst(rows).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd']);
    expect(rows.map(isMine)).toEqual([false, true, true, false]);
  });

  test.each([
    [undefined, 'requested'],
    ['all', undefined],
    ['granted', 'granted'],
    ['nonsense', 'requested'],
  ] as const)('the address %s lists %s', (text, state) => {
    expect(stateOf(text)).toBe(state);
  });

  test('what came in since waits, and older ones that are loaded later do not', () => {
    expect(settle([{ id: 'c' }, { id: 'b' }, { id: 'a' }], 'b')).toEqual({ shown: [{ id: 'b' }, { id: 'a' }], waiting: 1, newest: 'c' });
    expect(settle([{ id: 'b' }, { id: 'a' }], undefined)).toMatchObject({ waiting: 0, newest: 'b' });
    expect(settle([], undefined)).toEqual({ shown: [], waiting: 0, newest: undefined });
  });

  test('how many have signed is said', () => {
    expect(signedOf(line('a'))).toBe('1 of 2');
  });
});

test('what differs between two readings is named in the order of names', () => {
  const before = { bound: [{ field: 'policy.version', value: '1' }, { field: 'model', value: 'm' }, { field: 'gone', value: 'x' }] };
  const after = { bound: [{ field: 'policy.version', value: '2' }, { field: 'model', value: 'm' }, { field: 'inventory.purpose', value: 'p' }] };

  expect(between(before, after)).toEqual([
    { field: 'gone', from: 'x', to: undefined },
    { field: 'inventory.purpose', from: undefined, to: 'p' },
    { field: 'policy.version', from: '1', to: '2' },
  ]);
});

test.each([
  ['inventory.factors.exposure', 'inventory', 'factors.exposure'],
  ['model', 'version', 'model'],
])('the field %s is %s, %s', (field, section, name) => {
  expect(differenceOf({ field, from: 'a' })).toEqual({ section, field: name, from: 'a', to: null });
});

test('an exception ends with the last moment of its day', () => {
  const noon = new Date(2026, 10, 21, 12).getTime();

  expect(dayAfter(noon, 1)).toBe('2026-11-22');
  expect(dayAfter(noon, 90)).toBe('2027-02-19');
  expect(endOfDay('2026-12-31')).toBe(new Date(2027, 0, 1).getTime() - 1);
});

describe('the inventory', () => {
  test('models without an entry stand first, then the most consequential ones', () => {
    const models = [{ name: 'b' }, { name: 'a', latestVersion: 3 }, { name: 'z', latestVersion: 1 }];

    const shelf = shelve(models, [entry('a', 3), entry('b', 1), entry('gone', 2)], []);

    expect(shelf.map(({ model }) => model)).toEqual(['z', 'b', 'gone', 'a']);
    expect(shelf.at(-1)?.latestVersion).toBe(3);
  });

  test('the approval in force says more than one that waits, and that more than one that ended', () => {
    const of = (...rows: ApprovalRow[]) => shelve([{ name: 'm' }], [], rows)[0]?.approval?.id;

    expect(of(line('c', { state: 'refused' }), line('b'), line('a', { state: 'granted', inForce: true }))).toBe('a');
    expect(of(line('c', { state: 'refused' }), line('b'))).toBe('b');
    expect(of(line('d', { state: 'refused' }), line('c', { state: 'voided' }))).toBe('d');
    expect(of()).toBeUndefined();
  });

  test('an approval that several lists name is taken once, the newest first', () => {
    expect(newestFirst([line('b'), line('a'), line('c'), line('b')]).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  test('an entry is written as the text that gives it', () => {
    const text = textOf({
      ...entry('m', 2),
      owner: { id: '01', name: 'Ada' },
      conditions: { population: { maximumPsi: 0.25 }, decisions: [{ decision: 'deny', low: 0.1, high: 0.4 }] },
    });

    expect(text.split('\n')).toEqual([
      'purpose: "Says \\"who\\"\\npays"',
      'useCase: "Lending"',
      'owner: "01" # Ada',
      'approvedUses:',
      '  - "Order: the queue"',
      '  - "# not a comment"',
      'factors:',
      '  "exposure": { score: 3, reason: "a, b" }',
      '  "purpose": { score: 4, reason: "c" }',
      'conditions:',
      '  population: { maximumPsi: 0.25 }',
      '  decisions:',
      '    - { decision: "deny", low: 0.1, high: 0.4 }',
      '',
    ]);
    expect(textOf({ ...entry('m', 2), approvedUses: [] })).toContain('approvedUses: []');
    expect(template('ada')).toContain('owner: "ada"');
  });

  test('a fault says its line; what is about no line keeps its field', () => {
    const error = new ProblemError(400, 'invalid', 'x', undefined, undefined, [
      { field: 'factors.exposure.score', detail: 'Line 7: It is 9.' },
      { field: 'owner', detail: 'Nobody.' },
    ]);

    expect(faultsOf(error)).toEqual([{ line: 7, detail: 'It is 9.' }, { detail: 'owner: Nobody.' }]);
    expect(faultsOf(null)).toEqual([]);
  });
});

const approval = { approvalId: 'a1', model: 'score', version: 3 };
test.each([
  ['inventory.changed', { model: 'score', tier: 2 }, 'inventory entry score written, tier 2', '/w/w/inventory/score'],
  ['policy.changed', { version: 4 }, 'policy version 4 is in force', '/w/w/policies?version=4'],
  ['approval.requested', approval, ' score version 3 approval asked for', '/w/w/approvals/a1'],
  ['approval.signed', { ...approval, byName: 'Grace' }, ' score version 3 signed by Grace', '/w/w/approvals/a1'],
  [
    'approval.granted',
    { ...approval, signedBy: ['Grace', 'Alan'], exceptions: ['e'] },
    ' score version 3 approved by Grace and Alan, with an exception',
    '/w/w/approvals/a1',
  ],
  ['approval.refused', { ...approval, byName: 'Grace' }, ' score version 3 approval refused by Grace', '/w/w/approvals/a1'],
  [
    'approval.voided',
    { ...approval, fields: ['inventory.purpose', 'inventory.owner', 'policy.digest'] },
    ' score version 3 approval voided: inventory.purpose, inventory.owner and 1 more changed',
    '/w/w/approvals/a1',
  ],
  ['approval.expired', approval, ' score version 3 approval expired', '/w/w/approvals/a1'],
  [
    'exception.granted',
    { exceptionId: 'e1', model: 'score', requirement: 'fairness', byName: 'Grace' },
    'exception for score fairness granted by Grace',
    '/w/w/exceptions?open=e1',
  ],
  ['exception.ended', { exceptionId: 'e1', model: 'score', reason: 'expired' }, 'exception for score expired', '/w/w/exceptions?open=e1'],
  ['model.registered', { model: 'score' }, undefined, undefined],
  ['run.finished', { runId: 'a' }, undefined, undefined],
] as const)('%s %j is told as %s', (kind, detail, said, path) => {
  const told = tell({ kind, subject: '', detail }, 'w');

  expect(told && `${told.before} ${told.name} ${told.after}`).toBe(said);
  expect(told?.path).toBe(path);
});
