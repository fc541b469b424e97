import { expect, test } from 'vitest';
import { against } from './against';
import { inColumns, standsBeside } from './columns';
import { axisEnd, placeAt, pValue, rate, ratioOf } from './intervals';
import type { Group } from './queries';
import { tell } from './tell';

const group = (more: Partial<Group>): Group => ({ column: 'c', group: 'g', count: 40, isReference: false, tooSmall: false, ...more });

test.each([
  [[], 1.25],
  [[group({ ratio: 0.7, ratioHigh: 0.9 })], 1.25],
  [[group({ ratio: 1.2, ratioHigh: 1.61 })], 1.75],
  [[group({ ratio: 3, ratioHigh: 90 })], 4],
  [[group({ isReference: true })], 1.25],
] as const)('the axis for %j ends at %d', (groups, end) => {
  expect(axisEnd(groups)).toBe(end);
});

test.each([
  [0.5, 1.25, 0.4],
  [9, 4, 1],
  [-1, 4, 0],
])('the ratio %d on an axis to %d stands at %d', (ratio, end, place) => {
  expect(placeAt(ratio, end)).toBeCloseTo(place, 12);
});

test.each([
  [group({ selectionRate: 0.2441, selectionLow: 0.1982, selectionHigh: 0.2961 }), '24.4 % (19.8 to 29.6)'],
  [group({ selectionRate: 0 }), '0.0 %'],
  [group({}), '–'],
])('the rate of %j is %s', (each, said) => {
  expect(rate(each)).toBe(said);
});

test.each([
  [group({ ratio: 0.768, ratioLow: 0.63, ratioHigh: 0.94 }), '0.77 (0.63 to 0.94)'],
  [group({ ratio: 0.768 }), '0.77'],
  [group({ isReference: true }), 'reference'],
  [group({}), '–'],
])('the ratio of %j is %s', (each, said) => {
  expect(ratioOf(each)).toBe(said);
});

test.each([
  [0.00004, '< 0.001'],
  [0.012345, '0.0123'],
  [1, '1'],
  [undefined, '–'],
])('p = %d is shown as %s', (p, said) => {
  expect(pValue(p)).toBe(said);
});

test.each([
  [3, [3, 2, 1], undefined, 2],
  [3, [3, 2, 1], 1, 1],
  [3, [3, 1], 2, 1],
  [1, [3, 2, 1], undefined, 2],
  [3, [3], undefined, undefined],
  [3, [3, 2], 3, 2],
] as const)('version %d of %j, asked for %s, is compared with %s', (version, others, asked, other) => {
  expect(against(version, others, asked)).toBe(other);
});

test.each([
  ['model.registered', { model: 'score' }, 'score registered', '/w/w/models/score'],
  ['version.registered', { model: 'score', version: 3 }, 'score version 3 registered', '/w/w/models/score/versions/3'],
  ['alias.changed', { model: 'score', alias: 'champion', from: 2, to: 3 }, 'score champion stands for version 3', '/w/w/models/score'],
  ['alias.changed', { model: 'score', alias: 'champion', from: 3 }, 'score champion was removed', '/w/w/models/score'],
  [
    'stage.changed',
    { model: 'score', version: 3, from: 'None', to: 'Production' },
    'score version 3 moved to stage production',
    '/w/w/models/score/versions/3',
  ],
  ['version.deleted', { model: 'score', version: 3 }, 'score version 3 deleted', undefined],
  ['run.finished', { runId: 'a' }, undefined, undefined],
] as const)('%s %j is told as %s', (kind, detail, said, path) => {
  const told = tell({ kind, subject: '', detail }, 'w');

  expect(told && `${told.name} ${told.after}`).toBe(said);
  expect(told?.path).toBe(path);
});

test.each([
  [8, 'short', [8]],
  [9, 'short', [3, 3, 3]],
  [20, 'short', [7, 7, 6]],
  [20, 'a value that needs half of the page for itself', [10, 10]],
  [20, 'f'.repeat(64), [7, 7, 6]],
  [0, '', []],
])('%i rows of %s stand in columns of %j', (amount, value, heights) => {
  const rows = Array.from({ length: amount }, (_, at) => ({ label: `row ${at}`, value }));

  expect(inColumns(rows).map((part) => part.length)).toEqual(heights);
  expect(inColumns(rows).flat()).toEqual(rows);
});

test.each([
  ['limits', 7, 5, true],
  ['provenance', 7, 5, true],
  ['limits', 7, 12, false],
  ['evaluation', 7, 5, false],
])('%s with %i limits and %i facts of provenance stands beside another: %s', (id, limits, provenance, beside) => {
  const section = (name: string, amount: number) => ({ id: name, figures: Array.from({ length: amount }) });

  expect(standsBeside(id, [section('evaluation', 3), section('limits', limits), section('provenance', provenance)])).toBe(beside);
});
