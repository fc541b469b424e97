import { expect, test } from 'vitest';
import { layout, linksOf, nodeSize } from './layout';
import { neighbour, reading } from './walk';

const diamond = [
  { id: 'end', after: ['upper', 'lower'] },
  { id: 'start', after: [] },
  { id: 'upper', after: ['start'] },
  { id: 'lower', after: ['start', 'start', 'unknown'] },
];

test('what comes after stands to the right', () => {
  const { places } = layout(diamond);

  for (const { from, to } of linksOf(diamond)) {
    expect(places.get(to)!.x).toBeGreaterThan(places.get(from)!.x + nodeSize.width);
  }
});

test('no node covers another, and the picture begins at its corner', () => {
  const { places, width, height } = layout(diamond);
  const all = [...places.values()];

  expect(Math.min(...all.map(({ x }) => x))).toBe(0);
  expect(Math.min(...all.map(({ y }) => y))).toBe(0);
  expect(width).toBeGreaterThanOrEqual(3 * nodeSize.width);
  expect(height).toBeGreaterThanOrEqual(2 * nodeSize.height);
});

test('links to nodes that are not there, and doubled ones, are left out', () => {
  expect(linksOf(diamond)).toHaveLength(4);
});

test('a link that skips a column passes beside the nodes in it', () => {
  const { places, lines } = layout([
    { id: 'a', after: [] },
    { id: 'b', after: ['a'] },
    { id: 'c', after: ['a', 'b'] },
  ]);
  const passes = /C[^H]* (-?[\d.]+)H/.exec(lines.get('a c') ?? '');

  expect(passes).not.toBeNull();
  expect(Math.abs(Number(passes?.[1]) - (places.get('b')!.y + nodeSize.height / 2))).toBeGreaterThan(nodeSize.height / 2);
});

test('an empty graph has no size', () => {
  expect(layout([])).toMatchObject({ width: 0, height: 0 });
});

const places = new Map([
  ['start', { x: 0, y: 40 }],
  ['upper', { x: 200, y: 0 }],
  ['lower', { x: 200, y: 80 }],
  ['end', { x: 400, y: 40 }],
]);

test.each([
  ['start', 'ArrowRight', 'upper'],
  ['start', 'ArrowLeft', undefined],
  ['start', 'ArrowDown', undefined],
  ['upper', 'ArrowDown', 'lower'],
  ['lower', 'ArrowUp', 'upper'],
  ['lower', 'ArrowRight', 'end'],
  ['end', 'ArrowLeft', 'upper'],
  ['lower', 'Home', 'start'],
  ['upper', 'End', 'end'],
  ['upper', 'a', undefined],
  ['gone', 'ArrowRight', 'end'],
] as const)('from %s, %s leads to %s', (from, key, to) => {
  expect(neighbour(diamond, places, from, key)).toBe(to);
});

test('the list reads column after column', () => {
  expect(reading(diamond, places)).toEqual(['start', 'upper', 'lower', 'end']);
});
