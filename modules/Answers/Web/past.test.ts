import { expect, test } from 'vitest';
import { asOfPlace, placeOf, positionOf, told } from './past';

const moments = [
  { position: 3, atMs: 1_000, what: 'Model m was registered' },
  { position: 7, atMs: 2_000, what: 'Version 1 was registered' },
  { position: 9, atMs: 2_000, what: 'Version 1 was approved' },
];

test.each([
  [undefined, undefined, 3],
  ['position:9', undefined, 2],
  ['position:8', undefined, 1],
  ['position:9@5000', undefined, 2],
  ['position:1', undefined, 0],
  ['position:99', undefined, 2],
  ['2000', 2_000, 2],
  ['1970-01-01T00:00:01.500Z', 1_500, 0],
  ['1500', undefined, 0],
])('%s stands at its place', (asOf, atMs, place) => {
  expect(placeOf(moments, asOf, atMs)).toBe(place);
});

test('a place asks for its position, and the end for now', () => {
  expect([0, 1, 2, 3].map((place) => asOfPlace(moments, place))).toEqual(['position:3', 'position:7', 'position:9', undefined]);
  expect(placeOf(moments, asOfPlace(moments, 1))).toBe(1);
  expect(placeOf([], undefined)).toBe(0);
});

test('a place is told by its time and by what happened', () => {
  expect(told(moments, 1)).toMatch(/^1970-01-01 .*: Version 1 was registered$/);
  expect(told(moments, 3)).toBe('now');
});

test('only a position has a position', () => {
  expect(positionOf('position:57@1763729643000')).toBe(57);
  expect(positionOf('1763729643000')).toBeUndefined();
  expect(positionOf('position:x')).toBeUndefined();
});
