import { describe, expect, test } from 'vitest';
import { cell, csv } from './csv';
import { ago, bytes, counted, duration, figure, idEnd } from './format';

test.each([
  [0.1 + 0.2, '0.3'],
  [0, '0'],
  [-1.5, '−1.5'],
  [1 / 3, '0.333333'],
  [123456789, '123457000'],
  [1e9, '1e+9'],
  [1.5e-7, '1.5e−7'],
  [null, 'NaN'],
  [Number.NaN, 'NaN'],
  [Infinity, '∞'],
  [-Infinity, '−∞'],
  [undefined, '–'],
])('the figure %d is shown as %s', (value, expected) => {
  expect(figure(value)).toBe(expected);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [10 * 1024, '10 KiB'],
  [4.2e9, '3.9 GiB'],
  [null, 'unknown'],
  [undefined, 'unknown'],
])('%d bytes are %s', (size, expected) => {
  expect(bytes(size)).toBe(expected);
});

test.each([
  [420, '420 ms'],
  [-5, '0 ms'],
  [1_234, '1.2 s'],
  [59_999, '60 s'],
  [245_000, '4 min 5 s'],
  [10_920_000, '3 h 2 min'],
  [187_200_000, '2 d 4 h'],
])('%d ms are %s', (ms, expected) => {
  expect(duration(ms)).toBe(expected);
});

test.each([
  [0, 'now'],
  [-30_000, '30 s ago'],
  [-180_000, '3 min ago'],
  [7_200_000, 'in 2 h'],
  [86_400_000 * 30 - 60_000, 'in 30 d'],
  [86_400_000 * 30 + 60_000, 'in 30 d'],
  [86_400_000 * 29 + 36_000_000, 'in 29 d'],
  [86_400_000 - 60_000, 'in 1 d'],
  [3_599_000, 'in 1 h'],
  [86_400_000 * 31, '2026-12-22'],
  [-86_400_000 * 30 + 1, '29 d ago'],
  [-86_400_000 * 30, '2026-10-22'],
  [-86_400_000 * 3, '3 d ago'],
  [-86_400_000 * 40, '2026-10-12'],
])('%d ms from now is %s', (ms, expected) => {
  const now = Date.UTC(2026, 10, 21, 9);

  expect(ago(now + ms, now)).toBe(expected);
});

test('two ids of the same second differ in what is shown of them', () => {
  expect(['01a201a250f1700090d0032039921cc4', '01a201a252f1700ba3db611937ecc15a', '7'].map(idEnd)).toEqual(['…39921cc4', '…37ecc15a', '7']);
});

test('one is not several', () => {
  expect([counted('run', 1), counted('run', 1200)]).toEqual(['1 run', '1,200 runs']);
});

describe('a cell of a CSV', () => {
  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    [null, ''],
    [-0.5, '-0.5'],
    ['-0.5', '-0.5'],
    ['+1e-3', '+1e-3'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-cmd', "'-cmd"],
    ['+cmd', "'+cmd"],
  ])('%j is written %j', (value, expected) => {
    expect(cell(value)).toBe(expected);
  });

  test('stands in a line that ends as RFC 4180 says', () => {
    expect(
      csv([
        ['a', 1],
        ['b', undefined],
      ]),
    ).toBe('a,1\r\nb,\r\n');
  });
});
