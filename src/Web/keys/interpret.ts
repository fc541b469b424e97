/** What the keyboard has typed of a sequence such as `g r`. */
export interface Typed {
  first: string;
  atMs: number;
}

/** How long the second key of a sequence may take, in milliseconds. */
export const patienceMs = 1_200;

export interface Stroke {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** The name under which a stroke may be bound, or nothing when it belongs to the browser. `mod` is Ctrl, or ⌘ on a Mac. */
export function nameOf({ key, ctrlKey, metaKey, altKey }: Stroke): string | undefined {
  if (altKey) {
    return undefined;
  }
  if (ctrlKey || metaKey) {
    return key.toLowerCase() === 'k' ? 'mod k' : undefined;
  }
  return key;
}

/** Decides what a stroke means, given what was typed before and what is bound. */
export function interpret(typed: Typed | undefined, stroke: Stroke, bound: ReadonlySet<string>, nowMs: number): { run?: string; typed?: Typed } {
  const name = nameOf(stroke);
  if (name === undefined) {
    return {};
  }
  if (typed && nowMs - typed.atMs <= patienceMs && bound.has(`${typed.first} ${name}`)) {
    return { run: `${typed.first} ${name}` };
  }
  if (bound.has(name)) {
    return { run: name };
  }
  const opens = [...bound].some((keys) => keys.startsWith(`${name} `));
  return opens ? { typed: { first: name, atMs: nowMs } } : {};
}

/** Keys are never stolen from what takes text, nor from a dialog; only Ctrl-K works everywhere. */
export function belongsToText(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) {
    return false;
  }
  return (
    target.closest(
      'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=""], [contenteditable=true], [aria-modal=true], [role=menu]',
    ) !== null
  );
}
