import { expect, test } from 'vitest';
import { idOf, objectName, type Principal } from './usePrincipals';

const known = new Map<string, Principal>([['01a', { id: '01a', name: 'Grace Hopper', kind: 'person' }]]);

test.each([
  ['person/01a', 'person/Grace Hopper'],
  ['person/02b', 'person/02b'],
  ['sign-in', 'sign-in'],
  ['key/01a', 'key/Grace Hopper'],
])('%s is shown as %s', (object, expected) => {
  expect(objectName(object, known)).toBe(expected);
});

test.each([
  ['grace hopper ', '01a'],
  ['system:audit', 'system:audit'],
  ['', ''],
])('%j names %j', (text, expected) => {
  expect(idOf(text, known)).toBe(expected);
});
