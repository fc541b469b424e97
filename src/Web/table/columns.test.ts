import { describe, expect, test } from 'vitest';
import { arrange, changed, decodeColumns, encodeColumns, moved } from './columns';
import { nextSort, tableSearch } from './search';

describe('columns in the address', () => {
  test.each([
    ['', []],
    ['name', [{ id: 'name' }]],
    ['name!~260,started', [{ id: 'name', pinned: true, width: 260 }, { id: 'started' }]],
    ['metrics.a%2Cb%7E1', [{ id: 'metrics.a,b~1' }]],
    ['name~9', []],
    ['%E0%A4%A', []],
    ['name~9999', [{ id: 'name', width: 1_200 }]],
  ])('%s is read', (text, expected) => {
    expect(decodeColumns(text)).toEqual(expected);
  });

  test.each(['metrics.loss', 'params.a, b!~x', 'tags.<b>ü</b>', 'metrics.train/acc %'])('the name %s survives the way there and back', (id) => {
    expect(decodeColumns(encodeColumns([{ id, width: 120, pinned: true }]))).toEqual([{ id, width: 120, pinned: true }]);
  });
});

test('pinned columns stand first and each column stands once', () => {
  expect(arrange([{ id: 'a' }, { id: 'b', pinned: true }, { id: 'a' }])).toEqual([{ id: 'b', pinned: true }, { id: 'a' }]);
});

test('a column moves within its part only', () => {
  const shown = [{ id: 'a', pinned: true }, { id: 'b' }, { id: 'c' }];

  expect(moved(shown, 'c', -1).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  expect(moved(shown, 'b', -1)).toEqual(shown);
  expect(moved(shown, 'c', 1)).toEqual(shown);
});

test('a column that is not shown yet is added, and can be hidden again', () => {
  const shown = changed([{ id: 'a' }], 'b', {});

  expect(shown).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(changed(shown, 'b', 'hide')).toEqual([{ id: 'a' }]);
});

test.each([
  [undefined, true, '-loss'],
  ['-loss', true, 'loss'],
  ['loss', true, undefined],
  [undefined, false, 'loss'],
  ['loss', false, '-loss'],
  ['-loss', false, undefined],
  ['-other', false, 'loss'],
])('after %s (figures first down: %s) comes %s', (sort, downFirst, expected) => {
  expect(nextSort(sort, 'loss', downFirst)).toBe(expected);
});

test('what is no text is no search', () => {
  expect(tableSearch({ sort: 3, filter: '', cols: 'a' })).toEqual({ sort: undefined, filter: undefined, cols: 'a' });
});
