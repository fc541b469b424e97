import { expect, test } from 'vitest';
import { delta, kindOf, sections, summary, type Difference } from './differences';

const row = (from: string | undefined, to: string | undefined, section = 'a'): Difference => ({ section, field: 'f', from, to });

test.each([
  [row('1', '2'), 'changed'],
  [row('1', '1'), 'same'],
  [row(undefined, ''), 'added'],
  [row('x', undefined), 'removed'],
  [{ section: 'a', field: 'f', from: null, to: 'x' }, 'added'],
  [row(undefined, undefined), 'same'],
] as const)('%j is %s', (difference, kind) => {
  expect(kindOf(difference)).toBe(kind);
});

test.each([
  [row('0.8', '0.812'), '+0.012'],
  [row('2380', '2000'), '−380'],
  [row('1e-3', '2e-3'), '+0.001'],
  [row('1', '1'), undefined],
  [row('v1', 'v2'), undefined],
  [row('', '2'), undefined],
  [row(undefined, '2'), undefined],
] as const)('%j moved by %s', (difference, by) => {
  expect(delta(difference)).toBe(by);
});

test('rows stand under their section, in the order in which sections came', () => {
  const rows = [row('1', '2', 'schema'), row('1', '2', 'rows'), row('3', '4', 'schema')];

  expect(sections(rows).map(({ section, rows: list }) => [section, list.length])).toEqual([
    ['schema', 2],
    ['rows', 1],
  ]);
});

test.each([
  [[row('1', '2'), row('1', '3'), row(undefined, '1'), row('1', '1')], '2 changed, 1 added'],
  [[row('1', undefined)], '1 removed'],
  [[row('1', '1')], 'nothing differs'],
  [[], 'nothing differs'],
] as const)('%j: %s', (rows, said) => {
  expect(summary(rows)).toBe(said);
});
