import { useState } from 'react';
import { settle } from './inbox';

/**
 * Rows that do not move under the pointer: what came in since they were first shown waits until it is asked for.
 * @param question what the rows answer; another question begins anew
 */
export function useSettled<Row extends { id: string }>(rows: readonly Row[], question: string) {
  const [settled, set] = useState<{ question: string; until?: string }>({ question });
  const until = settled.question === question ? settled.until : undefined;
  const { shown, waiting, newest } = settle(rows, until);
  // Where nothing was shown, nothing can move.
  if (newest !== undefined && (until === undefined || shown.length === 0)) {
    set({ question, until: newest });
  }
  return { shown, waiting, reveal: () => set({ question, until: newest }) };
}
