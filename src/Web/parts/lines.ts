/** A line of two texts that are compared. */
export interface Line {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Its number in the first text, from 1; absent when it was added. */
  from?: number;
  /** Its number in the second text, from 1; absent when it was removed. */
  to?: number;
}

const split = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** What a text has become, line by line: the longest common subsequence stays (Wagner and Fischer 1974), everything else was removed or added. */
export function lineDiff(before: string, after: string): Line[] {
  const [a, b] = [split(before), split(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) {
    end += 1;
  }
  const [rows, columns] = [a.length - start - end, b.length - start - end];
  // length[i][j]: of the longest common subsequence of what follows a[start + i] and b[start + j].
  const length = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      (length[i] as Uint32Array)[j] = a[start + i] === b[start + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  const same = (i: number, j: number) => lines.push({ kind: 'same', text: a[i] ?? '', from: i + 1, to: j + 1 });
  for (let i = 0; i < start; i += 1) {
    same(i, i);
  }
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    if (i < rows && j < columns && a[start + i] === b[start + j]) {
      same(start + i, start + j);
      i += 1;
      j += 1;
    } else if (i < rows && (j === columns || at(i + 1, j) >= at(i, j + 1))) {
      lines.push({ kind: 'removed', text: a[start + i] ?? '', from: start + i + 1 });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: b[start + j] ?? '', to: start + j + 1 });
      j += 1;
    }
  }
  for (let k = end; k > 0; k -= 1) {
    same(a.length - k, b.length - k);
  }
  return lines;
}

/** The places where something differs, each with so many same lines around it. */
export function hunks(lines: readonly Line[], around = 3): Line[][] {
  const found: Line[][] = [];
  let last = -1;
  lines.forEach((line, at) => {
    const near = lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same');
    if (!near) {
      return;
    }
    if (last === at - 1 && found.length > 0) {
      found.at(-1)?.push(line);
    } else {
      found.push([line]);
    }
    last = at;
  });
  return found;
}
