import { expect, test } from 'vitest';
import { firstDataset } from './firstDatasetSnippet';
import { placeOf } from './places';
import type { Column, RuleVerdict } from './queries';
import { bound, missingShare, sampleOf, unitOf } from './samples';
import { tell } from './tell';
import { byUrgency, tally } from './verdicts';

const column = (statistics: Partial<Column['statistics']>, more: Partial<Column> = {}): Column => ({
  name: 'c',
  type: 'DOUBLE',
  kind: 'number',
  required: false,
  unique: false,
  statistics: { count: 10, nulls: 0, nans: 0, distinct: 3, ...statistics },
  ...more,
});

test.each([
  [
    column({
      histogram: [
        { from: 0, to: 1, count: 4 },
        { from: 1, to: 3, count: 6 },
      ],
    }),
    { kind: 'histogram', edges: [0, 1, 3], counts: [4, 6] },
  ],
  [column({ nulls: 1, top: [{ value: 'a', count: 5 }] }), { kind: 'values', values: [{ value: 'a', count: 5 }], others: 4 }],
  [column({ top: [] }), undefined],
  [column({}), undefined],
] as const)('%j is drawn as %j', (each, sample) => {
  expect(sampleOf(each)).toEqual(sample);
});

test.each([
  [column({}), '0.33080000', '0.3308'],
  [column({}), undefined, '–'],
  [column({}, { kind: 'integer' }), '12345678901234567890', '12345678901234567890'],
  [column({}, { kind: 'date' }), '1990-01-01', '1990-01-01'],
] as const)('a bound of %j is shown short, and never wrong: %s', (each, text, shown) => {
  expect(bound(each, text)).toBe(shown);
});

test.each([
  ['1', 'DimensionlessRatio', 'ratio (1)'],
  ['1', undefined, 'dimensionless (1)'],
  ['%', 'DimensionlessRatio', '%'],
  [undefined, undefined, undefined],
])('the unit %s of a %s is shown as %s', (unit, quantityKind, shown) => {
  expect(unitOf(column({}, { unit, quantityKind }))).toBe(shown);
});

test('an empty table misses nothing', () => {
  expect(missingShare({ count: 0, nulls: 0, nans: 0, distinct: 0 })).toBe(0);
  expect(missingShare({ count: 8, nulls: 2, nans: 0, distinct: 1 })).toBe(0.25);
});

const rule = (state: RuleVerdict['state'], name: string): RuleVerdict => ({ rule: name, expectation: '', state, count: 0 });

test('broken rules come first, the others stay in the order of the contract', () => {
  const ordered = byUrgency([rule('passed', 'a'), rule('warning', 'b'), rule('passed', 'c'), rule('failed', 'd'), rule('notChecked', 'e')]);

  expect(ordered.map((each) => each.rule).join('')).toBe('dbeac');
});

test.each([
  [['passed', 'passed'], '2 rules: 2 hold'],
  [['passed', 'warning', 'notChecked'], '3 rules: 1 broken, which warns, 1 not checked, 1 holds'],
  [['failed'], '1 rule: 1 broken'],
] as const)('%j is told as %s', (states, said) => {
  expect(tally(states.map((state) => rule(state, '')))).toBe(said);
});

test.each([
  ['pipelineRun', 'ab', '/w/w/pipeline-runs/ab'],
  ['run', 'ab', '/w/w/runs/ab'],
  ['modelVersion', 'my model/3', '/w/w/models/my%20model/versions/3'],
  ['modelVersion', 'odd', undefined],
  ['other', 'ab', undefined],
] as const)('a %s %s is at %s', (kind, subject, path) => {
  expect(placeOf('w', { kind, subject })).toBe(path);
});

test('the command names the workspace only when it is another than the default', () => {
  const lines = (workspace: string, required: boolean) =>
    firstDataset({ origin: 'http://h:1', workspace, required })
      .map(({ code }) => code)
      .join('\n');

  expect(lines('default', false)).not.toContain('--workspace');
  expect(lines('default', false)).not.toContain('YOUR_KEY');
  expect(lines('risk', true)).toContain('--workspace risk');
  expect(lines('risk', true)).toContain('YOUR_KEY');
});

test.each([
  ['dataset.versionCreated', { name: 'sales', version: 2 }, 'sales version 2', '/w/w/datasets/sales?version=2'],
  ['dataset.contractChanged', { name: 'sales' }, 'sales', '/w/w/datasets/sales'],
  ['experiment.created', { name: 'sales' }, undefined, undefined],
] as const)('%s is told with the name %s', (kind, detail, name, path) => {
  const told = tell({ kind, subject: '', detail }, 'w');

  expect(told?.name).toBe(name);
  expect(told?.path).toBe(path);
});
