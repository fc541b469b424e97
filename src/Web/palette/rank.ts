/**
 * How well a text fits what was typed: 0 not at all, higher is better. Every word typed must occur; the start of the title counts most, then the start of
 * a word, then anywhere, then the letters in order.
 */
export function score(typed: string, title: string, words = ''): number {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) {
    return 1;
  }
  let total = 0;
  for (const word of wanted) {
    const points = scoreWord(word, title.toLowerCase(), words.toLowerCase());
    if (points === 0) {
      return 0;
    }
    total += points;
  }
  return total / wanted.length - title.length / 10_000;
}

function scoreWord(word: string, title: string, words: string): number {
  if (title.startsWith(word)) {
    return 100;
  }
  if (startsAWord(word, title)) {
    return 80;
  }
  if (startsAWord(word, words)) {
    return 60;
  }
  if (title.includes(word)) {
    return 40;
  }
  return inOrder(word, title) ? 15 : 0;
}

const startsAWord = (word: string, text: string): boolean => ` ${text.replaceAll(/[-_/.]/g, ' ')}`.includes(` ${word}`);

function inOrder(word: string, text: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) {
      return false;
    }
  }
  return true;
}

/** The best first, at most `limit`; equal ones keep their order. */
export function best<T>(items: readonly T[], scoreOf: (item: T) => number, limit: number): T[] {
  return items
    .map((item, order) => ({ item, order, points: scoreOf(item) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points || a.order - b.order)
    .slice(0, limit)
    .map(({ item }) => item);
}
