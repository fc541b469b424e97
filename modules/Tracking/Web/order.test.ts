import { expect, test } from 'vitest';
import { orderOf } from './order';

test.each([
  [undefined, undefined],
  ['-started', 'attributes.start_time DESC'],
  ['name', 'attributes.run_name ASC'],
  ['-metrics.loss', 'metrics.loss DESC'],
  ['metrics.train/acc', 'metrics.`train/acc` ASC'],
  ['params.a b', 'params.`a b` ASC'],
  ['duration', undefined],
])('%s is %s for the server', (sort, expected) => {
  expect(orderOf(sort)).toBe(expected);
});

test('experiments have orders of their own', () => {
  expect(orderOf('-updated', 'experiments')).toBe('attributes.last_update_time DESC');
  expect(orderOf('metrics.loss', 'experiments')).toBeUndefined();
});
