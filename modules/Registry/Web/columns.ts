/** From how many rows on a list is broken into columns. */
const least = 9;
/** A digest is shown by its beginning. */
const digest = /^[0-9a-f]{64}$/;

/** A long list in equal parts that stand side by side: three, or two where texts are long. */
export function inColumns<Row extends { label: string; value: string }>(rows: readonly Row[]): Row[][] {
  const long = rows.some(({ label, value }) => label.length + (digest.test(value) ? 8 : value.length) > 44);
  const columns = rows.length < least ? 1 : long ? 2 : 3;
  const height = Math.max(1, Math.ceil(rows.length / columns));
  return Array.from({ length: Math.ceil(rows.length / height) }, (_, at) => rows.slice(at * height, (at + 1) * height));
}

const pairs = [
  ['model', 'training-data'],
  ['limits', 'provenance'],
] as const;

/** Two sections of the card stand side by side while both are short. */
export function standsBeside(id: string, sections: readonly { id: string; figures: readonly unknown[] }[]): boolean {
  const pair = pairs.find((each) => each.some((part) => part === id));
  return pair !== undefined && pair.every((part) => (sections.find((section) => section.id === part)?.figures.length ?? least) < least);
}
