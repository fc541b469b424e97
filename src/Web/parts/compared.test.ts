import { expect, test } from 'vitest';
import { moved } from './Compared';

const bin = (label: string, then: number, now: number) => ({ label, then, now });

test.each([
  [[], 'no values'],
  [[bin('a', 0.5, 0.5), bin('b', 0.5, 0.5)], 'nothing moved'],
  [[bin('≤ 1', 0.5, 0.2), bin('> 1', 0.5, 0.8)], '> 1 from 50.0 % to 80.0 %, ≤ 1 from 50.0 % to 20.0 %'],
  [[bin('a', 0.4, 0.1), bin('b', 0.3, 0.35), bin('c', 0.3, 0.55)], 'c from 30.0 % to 55.0 %, a from 40.0 % to 10.0 %'],
])('%j moved: %s', (bins, said) => {
  expect(moved(bins)).toBe(said);
});
