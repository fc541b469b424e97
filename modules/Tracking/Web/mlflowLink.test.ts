import { expect, test } from 'vitest';
import { mlflowLink } from './mlflowLink';

test.each([
  ['/', '', '#/experiments/1/runs/0af3', '/w/default/runs/0af3'],
  ['/w/risk/', '', '#/experiments/12/runs/0af3?x=1', '/w/risk/runs/0af3'],
  ['/w/risk', '', '#/experiments/12', '/w/risk/runs?experiment=12'],
  ['/', '?workspace=risk', '#/experiments/12/runs/0af3/artifacts', '/w/risk/runs/0af3'],
  ['/', '', '#/experiments/12/traces?workspace=risk', '/w/risk/runs?experiment=12'],
  ['/', '', '#/experiments/12/models', '/w/default/runs?experiment=12'],
  ['/w/risk/', '', '#/experiments/12/models/m-0af3/details?x=1', '/w/risk/logged-models?experiment=12&model=m-0af3'],
  ['/', '', '#/experiments', '/w/default/experiments'],
  ['/', '', '', undefined],
  ['/set-up', '', '#token=abc', undefined],
])('%s%s%s leads to %s', (path, search, hash, expected) => {
  expect(mlflowLink({ path, search, hash })).toBe(expected);
});
