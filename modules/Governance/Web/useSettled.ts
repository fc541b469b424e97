import { useState } from 'react';
import { settle } from './inbox';

/** Rows that do not move under the pointer: what came in since they were first shown waits until it is asked for. */
export function useSettled<Row extends { id: string }>(rows: readonly Row[], question: string) {
  const newest = settle(rows, undefined).newest;
  const [settled, set] = useState({ question, until: newest });
  if (settled.question !== question || (settled.until === undefined && newest !== undefined)) {
    set({ question, until: newest });
  }
  return { ...settle(rows, settled.question === question ? settled.until : undefined), reveal: () => set({ question, until: newest }) };
}
