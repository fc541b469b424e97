import { useEffect, useEffectEvent } from 'react';
import { belongsToText, interpret, type Typed } from './interpret';

export interface Binding {
  /** `g r`, `/`, `mod k`. */
  keys: string;
  /** What it does, for the help. */
  label: string;
  run: (event: KeyboardEvent) => void;
}

const layers: (readonly Binding[])[] = [];
let typed: Typed | undefined;

/** Everything bound now; what was bound last wins. */
export function boundKeys(): Binding[] {
  const seen = new Map<string, Binding>();
  for (const layer of layers) {
    for (const binding of layer) {
      seen.set(binding.keys, binding);
    }
  }
  return [...seen.values()];
}

function onKeyDown(event: KeyboardEvent): void {
  const bindings = boundKeys();
  if (event.defaultPrevented || event.isComposing) {
    return;
  }
  const everywhere = event.ctrlKey || event.metaKey;
  if (!everywhere && belongsToText(event.target)) {
    return;
  }
  const result = interpret(typed, event, new Set(bindings.map(({ keys }) => keys)), event.timeStamp);
  typed = result.typed;
  const binding = bindings.find(({ keys }) => keys === result.run);
  if (binding) {
    event.preventDefault();
    binding.run(event);
  }
}

/** Binds keys while the component is shown. */
export function useKeys(bindings: readonly Binding[]): void {
  const latest = useEffectEvent((keys: string, event: KeyboardEvent) => bindings.find((binding) => binding.keys === keys)?.run(event));
  const shape = bindings.map(({ keys, label }) => `${keys}\t${label}`).join('\n');

  useEffect(() => {
    const layer =
      shape === ''
        ? []
        : shape.split('\n').map((line): Binding => {
            const [keys = '', label = ''] = line.split('\t');
            return { keys, label, run: (event) => latest(keys, event) };
          });
    if (layers.length === 0) {
      document.addEventListener('keydown', onKeyDown);
    }
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) {
        document.removeEventListener('keydown', onKeyDown);
      }
    };
  }, [shape]);
}
