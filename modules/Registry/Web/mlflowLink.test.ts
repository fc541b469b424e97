import { expect, test } from 'vitest';
import { mlflowLink } from './mlflowLink';

test.each([
  ['/', '', '#/models/card/versions/3', '/w/default/models/card/versions/3'],
  ['/', '', '#/models/card%20of%20ada/versions/3?x=1', '/w/default/models/card%20of%20ada/versions/3'],
  ['/w/risk/', '', '#/models/card', '/w/risk/models/card'],
  ['/', '?workspace=risk', '#/models/card', '/w/risk/models/card'],
  ['/', '', '#/models/card?workspace=risk', '/w/risk/models/card'],
  ['/', '', '#/prompts/greet', '/w/default/models/greet'],
  ['/', '', '#/models', '/w/default/models'],
  ['/', '?workspace=//evil.example', '#/models/card', '/w/%2F%2Fevil.example/models/card'],
  ['/', '', '#/modelsx', undefined],
  ['/', '', '#/experiments/1', undefined],
])('%s%s%s leads to %s', (path, search, hash, expected) => {
  expect(mlflowLink({ path, search, hash })).toBe(expected);
});
