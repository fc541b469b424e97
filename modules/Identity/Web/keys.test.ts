import { expect, test } from 'vitest';
import { keyState } from './keyState';
import { expiring } from './needs';

const day = 86_400_000;
const key = (id: string, expiresMs: number, revokedMs: number | null = null) => ({
  id,
  name: id,
  principalId: 'p',
  principalName: 'P',
  workspace: 'default',
  level: null,
  createdMs: 0,
  expiresMs,
  lastUsedMs: null,
  revokedMs,
});

test.each([
  [90 * day, null, 'in force', false],
  [13 * day, null, 'ends soon', false],
  [0, null, 'expired', true],
  [90 * day, 5, 'revoked', true],
])('a key that ends %d ms from now, revoked at %s, is %s', (expiresMs, revokedMs, word, over) => {
  expect(keyState({ expiresMs, revokedMs }, 0)).toMatchObject({ word, over });
});

test('only keys in force that end within two weeks need somebody, the soonest first', () => {
  const keys = [key('late', 13 * day), key('soon', day), key('far', 60 * day), key('revoked', day, 1), key('over', -day)];

  expect(expiring(keys, 0).map(({ id }) => id)).toEqual(['soon', 'late']);
});
