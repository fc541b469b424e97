import { expect, test } from 'vitest';
import { mlflowLink } from './mlflowLink';

test.each([
  ['/', '#/experiments/1/runs/0af3', '/w/default/runs/0af3'],
  ['/w/risk/', '#/experiments/12/runs/0af3?x=1', '/w/risk/runs/0af3'],
  ['/w/risk', '#/experiments/12', '/w/risk/runs?experiment=12'],
  ['/', '#/experiments', '/w/default/experiments'],
  ['/', '', undefined],
  ['/set-up', '#token=abc', undefined],
])('%s%s leads to %s', (path, hash, expected) => {
  expect(mlflowLink(path, hash)).toBe(expected);
});
