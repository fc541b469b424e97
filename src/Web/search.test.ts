import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from './search';

test.each([
  [{}, ''],
  [{ experiment: '12', sort: '-metrics.a b', filter: undefined }, '?experiment=12&sort=-metrics.a+b'],
  [{ log: true, smooth: 0.5, off: false, empty: '' }, '?log=1&smooth=0.5'],
  [{ filter: "params.x = 'a&b=c%'" }, '?filter=params.x+%3D+%27a%26b%3Dc%25%27'],
])('%j is written as %s', (search, expected) => {
  expect(stringifySearch(search)).toBe(expected);
});

test('what was written is read again, as text', () => {
  const search = { filter: "metrics.`train/acc` > 0.5 AND tags.x = '&=+ü'", cols: 'name!~260,a%2Cb' };

  expect(parseSearch(stringifySearch(search))).toEqual(search);
});
