import { describe, expect, it } from 'vitest';
import { deliverySaid, grouped, hookSaid, pretty } from './states';

describe('the state of a webhook', () => {
  it.each([
    [{ active: false, failingSinceMs: 1, lastAttemptMs: 1 }, 'disabled'],
    [{ active: true, failingSinceMs: 1, lastAttemptMs: 2 }, 'failing'],
    [{ active: true, lastAttemptMs: 2 }, 'delivering'],
    [{ active: true }, 'nothing sent yet'],
  ])('%o is %s', (hook, word) => expect(hookSaid(hook).word).toBe(word));
});

it.each([
  ['waiting', 0, 'waiting'],
  ['waiting', 2, 'tried again later'],
  ['failed', 1, 'failed'],
  ['delivered', 1, 'delivered'],
] as const)('a delivery that is %s after %i attempts is %s', (state, attempts, word) => expect(deliverySaid({ state, attempts }).word).toBe(word));

it('shows JSON in lines and leaves other text alone', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(pretty('<html>')).toBe('<html>');
});

it('keeps the order of groups and events', () => {
  const event = (name: string, group: string) => ({ name, group, meaning: '', mlflow: false, sent: true });
  expect(grouped([event('a', 'X'), event('b', 'Y'), event('c', 'X')]).map(({ group, events }) => [group, events.map(({ name }) => name)])).toEqual([
    ['X', ['a', 'c']],
    ['Y', ['b']],
  ]);
});
