/** What the live mark says. */
export type LiveState =
  | { kind: 'off' }
  | { kind: 'connected' }
  /** Since when (Unix ms) what is shown may be old. */
  | { kind: 'reconnecting'; sinceMs: number };

/** A hint that something changed; never the change itself. */
export interface Change {
  /** `run`, `experiment`, `metric`, … or `resync`: hints may have been lost, everything shown may be old. */
  kind: string;
  workspace: string;
  id: string;
  /** What it belongs to, such as a run's experiment. */
  parent?: string;
}

/** What tabs tell each other. */
export type TabMessage = { type: 'hello' } | { type: 'state'; state: LiveState } | { type: 'change'; change: Change };

export const resync: Change = { kind: 'resync', workspace: '', id: '' };

/** The state after the stream has opened or failed. The age counts from the first failure. */
export function after(state: LiveState, event: 'open' | 'error' | 'closed', nowMs: number): LiveState {
  if (event === 'open') {
    return { kind: 'connected' };
  }
  if (event === 'closed') {
    return { kind: 'off' };
  }
  return state.kind === 'reconnecting' ? state : { kind: 'reconnecting', sinceMs: nowMs };
}

/** Reads one hint, or nothing when it is not one. */
export function parseChange(data: string): Change | undefined {
  try {
    const { kind, workspace, id, parent } = JSON.parse(data) as Partial<Change>;
    if (typeof kind !== 'string' || typeof id !== 'string') {
      return undefined;
    }
    return { kind, workspace: workspace ?? '', id, ...(typeof parent === 'string' ? { parent } : {}) };
  } catch {
    return undefined;
  }
}
