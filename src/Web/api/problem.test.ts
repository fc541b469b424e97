import { expect, test } from 'vitest';
import { asProblem, problemOf } from './problem';
import { worthRetrying } from './query';

test('a problem of the server keeps its words, its field and its id', () => {
  const problem = problemOf(400, {
    detail: 'The name is empty.',
    code: 'invalid',
    field: 'name',
    requestId: 'r1',
    errors: [{ field: 'name', detail: 'empty' }, { other: 1 }],
  });

  expect(problem).toMatchObject({
    status: 400,
    code: 'invalid',
    detail: 'The name is empty.',
    field: 'name',
    requestId: 'r1',
    faults: [{ field: 'name', detail: 'empty' }],
  });
});

test.each([[undefined], ['<html>'], [{}], [{ detail: 7 }]])('an answer of something in between (%j) is told, too', (body) => {
  expect(problemOf(502, body)).toMatchObject({ status: 502, code: 'http502', detail: 'The server answered 502 without saying why.' });
});

test('a missing answer is a problem that says so', () => {
  expect(asProblem(new TypeError('Failed to fetch'))).toMatchObject({ status: 0, code: 'unreachable' });
});

test.each([
  [400, false],
  [401, false],
  [404, false],
  [429, true],
  [503, true],
])('after %d another try is worth it: %s', (status, expected) => {
  expect(worthRetrying(0, problemOf(status, {}))).toBe(expected);
});

test('three failures are enough', () => {
  expect(worthRetrying(3, new TypeError('x'))).toBe(false);
});
