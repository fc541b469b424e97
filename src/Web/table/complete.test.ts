import { expect, test } from 'vitest';
import { complete, fieldName, type FilterField } from './complete';

const fields: FilterField[] = [
  { name: 'metrics.loss', kind: 'metric', figure: true },
  { name: 'metrics.`train/acc`', kind: 'metric', figure: true },
  { name: 'params.lr', kind: 'parameter' },
  { name: 'attributes.status', kind: 'attribute', values: ['RUNNING', 'FINISHED'] },
];
const offered = (text: string, caret = text.length) => complete(text, caret, fields).items.map((item) => item.text);

test('an empty filter offers every field', () => {
  expect(offered('')).toEqual(['metrics.loss ', 'metrics.`train/acc` ', 'params.lr ', 'attributes.status ']);
});

test.each([
  ['lo', ['metrics.loss ']],
  ['metrics.', ['metrics.loss ', 'metrics.`train/acc` ']],
  ['metrics.loss ', ['> ', '>= ', '< ', '<= ', '= ', '!= ']],
  ['params.lr ', ['= ', '!= ', 'LIKE ', 'ILIKE ']],
  ["attributes.status = '", ["'RUNNING' ", "'FINISHED' "]],
  ["attributes.status = 'r", ["'RUNNING' "]],
  ['metrics.loss < 0.3 ', ['AND ']],
  ['metrics.loss < 0.3 a', ['AND ']],
  ["attributes.status = 'RUNNING' AND par", ['params.lr ']],
  ["params.lr = 'a and b", []],
])('after %s comes %j', (text, expected) => {
  expect(offered(text)).toEqual(expected);
});

test('what is replaced is the word at the caret', () => {
  const text = 'metrics.loss < 0.3 AND par';

  expect(complete(text, text.length, fields).from).toBe(text.length - 3);
  expect(complete("attributes.status = 'R", 22, fields).from).toBe(20);
});

test.each([
  ['loss', 'metrics.loss'],
  ['train/acc', 'metrics.`train/acc`'],
  ['a b', 'metrics.`a b`'],
  ['0', 'metrics.`0`'],
])('%s is written %s', (key, expected) => {
  expect(fieldName('metrics', key)).toBe(expected);
});
