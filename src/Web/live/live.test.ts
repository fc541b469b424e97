import { expect, test } from 'vitest';
import { after, parseChange, type LiveState } from './state';

const broken: LiveState = { kind: 'reconnecting', sinceMs: 5 };

test.each([
  [{ kind: 'off' }, 'open', { kind: 'connected' }],
  [{ kind: 'connected' }, 'error', { kind: 'reconnecting', sinceMs: 9 }],
  [broken, 'error', broken],
  [broken, 'open', { kind: 'connected' }],
  [broken, 'closed', { kind: 'off' }],
] as const)('from %j after %s comes %j', (state, event, expected) => {
  expect(after(state, event, 9)).toEqual(expected);
});

test.each([
  ['{"kind":"run","workspace":"default","id":"a","parent":"1"}', { kind: 'run', workspace: 'default', id: 'a', parent: '1' }],
  ['{"kind":"run","workspace":"default","id":"a"}', { kind: 'run', workspace: 'default', id: 'a' }],
  ['{"kind":1}', undefined],
  ['not json', undefined],
])('%s is read as %j', (data, expected) => {
  expect(parseChange(data)).toEqual(expected);
});
