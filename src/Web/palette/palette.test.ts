import { expect, test } from 'vitest';
import { best, score } from './rank';
import { withRecent } from './recents';

const titles = ['Runs', 'Restore runs', 'mortgage/scorecard', 'Audit', 'challenger-run-12'];
const found = (typed: string) => best(titles, (title) => score(typed, title), 10);

test.each([
  ['run', ['Runs', 'Restore runs', 'challenger-run-12']],
  ['score', ['mortgage/scorecard']],
  ['mort score', ['mortgage/scorecard']],
  ['adt', ['Audit']],
  ['12', ['challenger-run-12']],
  ['nothing', []],
])('%s finds %j', (typed, expected) => {
  expect(found(typed)).toEqual(expected);
});

test('words that describe a page find it, too', () => {
  expect(score('token', 'Keys', 'API keys, tokens')).toBeGreaterThan(0);
  expect(score('token', 'Keys')).toBe(0);
});

test('nothing typed lets everything through, in its order', () => {
  expect(best(titles, (title) => score('', title), 2)).toEqual(['Runs', 'Restore runs']);
});

test('a page stands once among the recent ones, at the top', () => {
  const page = (path: string) => ({ title: path, hint: '', icon: 'runs' as const, path });

  expect(withRecent([page('/a'), page('/b')], page('/b')).map(({ path }) => path)).toEqual(['/b', '/a']);
  expect(
    withRecent(
      Array.from({ length: 40 }, (_, at) => page(`/${at}`)),
      page('/x'),
    ),
  ).toHaveLength(30);
});
