import { describe, expect, test } from 'vitest';
import { align, hasPositive, place, smooth } from './smooth';

describe('smoothing', () => {
  test('leaves a constant as it is, from the first point on', () => {
    smooth([2, 2, 2], 0.9).forEach((value) => expect(value).toBeCloseTo(2, 12));
  });

  test('is the weighted mean of what was seen', () => {
    const [first, second] = smooth([1, 3], 0.5);

    expect(first).toBeCloseTo(1, 12);
    expect(second).toBeCloseTo((0.5 * 1 + 1 * 3) / 1.5, 12);
  });

  test('leaves gaps as gaps', () => {
    expect(smooth([1, null, 1], 0.5)).toEqual([1, null, 1]);
  });

  test('of weight 0 changes nothing', () => {
    expect(smooth([1, null, -3], 0)).toEqual([1, null, -3]);
  });
});

test('lines with different steps share an axis; a gap is null, no point is undefined', () => {
  const lines = [
    {
      name: 'a',
      points: [
        { step: 0, timeMs: 0, value: 1 },
        { step: 2, timeMs: 20, value: null },
      ],
    },
    { name: 'b', points: [{ step: 1, timeMs: 10, value: 5 }] },
  ];

  expect(align(lines, 'step', 0)).toEqual({
    xs: [0, 1, 2],
    rows: [
      [1, undefined, null],
      [undefined, 5, undefined],
    ],
  });
});

test('the last of several points at one step counts', () => {
  const { rows } = align(
    [
      {
        name: 'a',
        points: [
          { step: 1, timeMs: 20, value: 2 },
          { step: 1, timeMs: 10, value: 1 },
        ],
      },
    ],
    'step',
    0,
  );

  expect(rows).toEqual([[2]]);
});

test.each([
  ['step', 7],
  ['time', 61],
  ['relative', 1],
] as const)('a point stands at %s %d', (axis, expected) => {
  expect(place({ step: 7, timeMs: 61_000, value: 0 }, axis, 60_000)).toBe(expected);
});

test('a logarithmic axis needs something above zero', () => {
  expect(
    hasPositive([
      {
        name: 'a',
        points: [
          { step: 0, timeMs: 0, value: -1 },
          { step: 1, timeMs: 0, value: null },
        ],
      },
    ]),
  ).toBe(false);
  expect(hasPositive([{ name: 'a', points: [{ step: 0, timeMs: 0, value: 0.1 }] }])).toBe(true);
});
