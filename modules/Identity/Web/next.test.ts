import { expect, test } from 'vitest';
import { safeNext, tokenOf } from './next';

test.each([
  ['/w/risk/runs?sort=-started', '/w/risk/runs?sort=-started'],
  [undefined, '/'],
  ['', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/sign-in?next=/sign-in', '/'],
  ['/\t/evil.example', '/'],
])('after sign-in, %s leads to %s', (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});

test.each([
  ['#token=abc-1', 'abc-1'],
  ['', undefined],
  ['#other=1', undefined],
  ['#token=', ''],
])('the fragment %s holds %s', (hash, expected) => {
  expect(tokenOf(hash)).toBe(expected);
});
