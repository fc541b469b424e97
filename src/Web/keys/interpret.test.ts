import { describe, expect, test } from 'vitest';
import { belongsToText, interpret, nameOf, patienceMs } from './interpret';

const bound = new Set(['g r', 'g h', 'j', '?', 'mod k', 'k']);
const stroke = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('a stroke', () => {
  test.each([
    [stroke('j'), 'j'],
    [stroke('?'), '?'],
    [stroke('k', { ctrlKey: true }), 'mod k'],
    [stroke('K', { metaKey: true }), 'mod k'],
    [stroke('j', { ctrlKey: true }), undefined],
    [stroke('j', { altKey: true }), undefined],
  ])('%j has the name %s', (given, expected) => {
    expect(nameOf(given)).toBe(expected);
  });

  test('that begins a sequence waits for the second', () => {
    const first = interpret(undefined, stroke('g'), bound, 100);

    expect(first).toEqual({ typed: { first: 'g', atMs: 100 } });
    expect(interpret(first.typed, stroke('r'), bound, 200)).toEqual({ run: 'g r' });
  });

  test('that comes too late begins anew', () => {
    expect(interpret({ first: 'g', atMs: 0 }, stroke('r'), bound, patienceMs + 1)).toEqual({});
    expect(interpret({ first: 'g', atMs: 0 }, stroke('j'), bound, patienceMs + 1)).toEqual({ run: 'j' });
  });

  test('that fits no sequence means what it means alone', () => {
    expect(interpret({ first: 'g', atMs: 0 }, stroke('k'), bound, 10)).toEqual({ run: 'k' });
  });

  test('that nobody has bound does nothing', () => {
    expect(interpret(undefined, stroke('z'), bound, 0)).toEqual({});
  });
});

test.each([
  ['<input>', true],
  ['<textarea></textarea>', true],
  ['<select></select>', true],
  ['<div contenteditable="true"></div>', true],
  ['<input type="checkbox">', false],
  ['<button></button>', false],
  ['<div></div>', false],
])('keys typed into %s belong to the text: %s', (html, expected) => {
  document.body.innerHTML = html;

  expect(belongsToText(document.body.firstElementChild)).toBe(expected);
});

test('keys typed into a dialog are left to it', () => {
  document.body.innerHTML = '<div aria-modal="true"><button></button></div>';

  expect(belongsToText(document.querySelector('button'))).toBe(true);
});
