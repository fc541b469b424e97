import { describe, expect, test } from 'vitest';
import { loggedModelsPath, modelOrder } from './loggedModelQueries';
import { datasetName, modelKeys, registrations, shownMeasure } from './measures';

const measure = (key: string, step: number, timeMs: number, value: number) => ({ key, runId: 'r', step, timeMs, value });

test('the measure with the greatest step stands for a metric, the latest of several', () => {
  const measures = [measure('acc', 1, 5, 0.1), measure('acc', 2, 1, 0.2), measure('acc', 2, 3, 0.3), measure('loss', 9, 9, 9)];
  expect(shownMeasure({ measures }, 'acc')?.value).toBe(0.3);
  expect(shownMeasure({ measures }, 'none')).toBeUndefined();
  expect(modelKeys([{ measures, params: { b: '1', a: '2' } }])).toEqual({ metrics: ['acc', 'loss'], params: ['a', 'b'] });
});

test.each([
  ['train', 'abcdef0123', 'train (abcdef01)'],
  ['train', null, 'train'],
  [null, 'abc', undefined],
])('%s with the digest %s is called %s', (name, digest, expected) => {
  expect(datasetName(name, digest)).toBe(expected);
});

describe('registrations', () => {
  test.each([
    ['[{"name": "credit", "version": 2}]', [{ name: 'credit', version: '2' }]],
    ['[{"name": "credit"}, null, 5]', []],
    ['{"name": "credit"}', []],
    ['not json', []],
  ])('are read from %s', (tag, expected) => {
    expect(registrations({ 'mlflow.modelVersions': tag })).toEqual(expected);
  });

  test('are none without the tag', () => expect(registrations({})).toEqual([]));
});

test.each([
  ['-metrics.val/loss', 'metrics.`val/loss` DESC'],
  ['name', 'name ASC'],
  ['-created', 'creation_timestamp DESC'],
  ['params.lr', undefined],
  [undefined, undefined],
])('the order %s is %s to the server', (sort, expected) => {
  expect(modelOrder(sort)).toBe(expected);
});

test('the list of an experiment has an address with the open model in it', () => {
  expect(loggedModelsPath('default', '1', 'm-2')).toBe('/w/default/logged-models?experiment=1&model=m-2');
  expect(loggedModelsPath('default')).toBe('/w/default/logged-models');
});
