import { expect, test } from 'vitest';
import { barsOf, percent, said, type Sample } from './bars';

const histogram: Sample = { kind: 'histogram', edges: [0, 0.5, 1, 3], counts: [10, 30, 0] };
const values: Sample = {
  kind: 'values',
  values: [
    { value: 'no', count: 80 },
    { value: 'yes', count: 15 },
  ],
  others: 5,
};

test.each([
  [histogram, ['0 to below 0.5', '0.5 to below 1', '1 to 3'], [0.25, 0.75, 0], [1 / 3, 1, 0]],
  [values, ['no', 'yes', 'other values'], [0.8, 0.15, 0.05], [1, 0.1875, 0.0625]],
  [{ kind: 'values', values: [{ value: 'a', count: 2 }] }, ['a'], [1], [1]],
  [{ kind: 'histogram', edges: [7, 7], counts: [4] }, ['7'], [1], [1]],
  [{ kind: 'histogram', edges: [0, 1], counts: [0] }, ['0 to 1'], [0], [0]],
  [{ kind: 'values', values: [] }, [], [], []],
] satisfies [Sample, string[], number[], number[]][])('%j has the bars %j', (sample, labels, shares, heights) => {
  const bars = barsOf(sample);

  expect(bars.map(({ label }) => label)).toEqual(labels);
  bars.forEach((bar, at) => {
    expect(bar.share).toBeCloseTo(shares[at]!, 12);
    expect(bar.height).toBeCloseTo(heights[at]!, 12);
  });
});

test.each([
  [histogram, '3 bins from 0 to 3, most in 0.5 to below 1 (30, 75.0 %)'],
  [values, 'no 80.0 %, yes 15.0 %, other values 5.0 %'],
  [{ kind: 'values', values: [] }, 'no values'],
] satisfies [Sample, string][])('%j is said as %s', (sample, sentence) => {
  expect(said(sample)).toBe(sentence);
});

test.each([
  [0, '0.0 %'],
  [0.1234, '12.3 %'],
  [0.0001, '< 0.1 %'],
  [-0.05, '−5.0 %'],
  [1, '100.0 %'],
])('%d is %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
