import { expect, test } from 'vitest';
import { tell } from './tell';

const modelDigest = 'ab12cd34'.repeat(8);

test.each([
  ['model.trained', { modelDigest, runId: '7f' }, 'trained', '/w/w/runs/7f'],
  ['model.evaluated', { modelDigest, runId: '7f', findings: 1 }, 'evaluated, 1 finding', '/w/w/runs/7f'],
  ['model.evaluated', { modelDigest, findings: 0 }, 'evaluated', undefined],
])('%s of %j is told as %s', (kind, detail, after, path) => {
  expect(tell({ kind, subject: '', detail }, 'w')).toEqual({ before: 'model', name: 'ab12cd34', after, path });
});

test('facts of others are left to them', () => {
  expect(tell({ kind: 'model.registered', subject: '', detail: { model: 'm' } }, 'w')).toBeUndefined();
});
