import { expect, test } from 'vitest';
import { hunks, lineDiff } from './lines';

const told = (before: string, after: string) => lineDiff(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

test.each([
  ['', '', []],
  ['a\nb\n', 'a\nb\n', [' a', ' b']],
  ['', 'a', ['+a']],
  ['a', '', ['-a']],
  ['a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
  ['a\nb\nc\nd', 'a\nc\nd\ne', [' a', '-b', ' c', ' d', '+e']],
  ['a\na', 'a\na\na', [' a', ' a', '+a']],
] as const)('from %j to %j', (before, after, lines) => {
  expect(told(before, after)).toEqual(lines);
});

test('lines keep their numbers on both sides', () => {
  expect(lineDiff('a\nb\nc', 'b\nc\nd').map(({ from, to }) => [from, to])).toEqual([
    [1, undefined],
    [2, 1],
    [3, 2],
    [undefined, 3],
  ]);
});

test('applying what was added and removed to the first text gives the second', () => {
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  const text = () => Array.from({ length: next(30) }, () => 'abcd'[next(4)]).join('\n');
  for (let round = 0; round < 300; round += 1) {
    const [before, after] = [text(), text()];
    const lines = lineDiff(before, after);

    expect(lines.filter(({ kind }) => kind !== 'added').map((line) => line.text).join('\n')).toBe(before);
    expect(lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text).join('\n')).toBe(after);
  }
});

test('what is far from every change is left out', () => {
  const many = Array.from({ length: 40 }, (_, at) => `line ${at}`);
  const other = many.map((line, at) => (at === 5 || at === 30 ? `${line}!` : line));

  const parts = hunks(lineDiff(many.join('\n'), other.join('\n')), 2);

  expect(parts.map((part) => part.length)).toEqual([6, 6]);
  expect(hunks(lineDiff('a', 'a'))).toEqual([]);
});
