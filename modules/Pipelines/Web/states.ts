import { count, duration } from '@/parts/format';
import type { Mark } from '@/parts/StateMark';
import type { PipelineRun, RunState, RunSummary, Step, StepState } from './queries';

const runMarks: Record<RunState, Mark> = {
  queued: { tone: 'quiet', sign: '○', word: 'queued' },
  running: { tone: 'busy', sign: '↻', word: 'running' },
  succeeded: { tone: 'yes', sign: '✓', word: 'succeeded' },
  failed: { tone: 'no', sign: '✕', word: 'failed' },
  cancelled: { tone: 'quiet', sign: '⊘', word: 'cancelled' },
};

const stepMarks: Record<StepState, Mark> = {
  waiting: { tone: 'quiet', sign: '○', word: 'waiting' },
  running: { tone: 'busy', sign: '↻', word: 'running' },
  succeeded: { tone: 'yes', sign: '✓', word: 'succeeded' },
  reused: { tone: 'yes', sign: '⟲', word: 'reused' },
  failed: { tone: 'no', sign: '✕', word: 'failed' },
  skipped: { tone: 'quiet', sign: '–', word: 'skipped' },
  cancelled: { tone: 'quiet', sign: '⊘', word: 'cancelled' },
};

export const runMark = (state: RunState): Mark => runMarks[state];
export const stepMark = (state: StepState): Mark => stepMarks[state];

/** Can it still change? */
export const isGoing = (state: RunState): boolean => state === 'queued' || state === 'running';

/** What stands under a step's name: how long it took, and what is not ordinary about it. */
export function noteOf(step: Step, nowMs: number): string {
  const took = step.startedMs ? duration((step.endedMs ?? nowMs) - step.startedMs) : undefined;
  const again = step.attempts > 1 ? ` · try ${step.attempts}` : '';
  switch (step.state) {
    case 'succeeded':
      return `${took ?? 'done'}${again}`;
    case 'running':
      return `running${took === undefined ? '' : ` ${took}`}${again}`;
    case 'failed':
      return `failed${took === undefined ? '' : ` after ${took}`}${again}`;
    default:
      return step.state;
  }
}

/** The step to look at first: what failed, else what runs, else the last one that did anything, else the first. */
export function firstLook(steps: readonly Step[]): string | undefined {
  const last = [...steps].reverse().find(({ state }) => state === 'succeeded' || state === 'reused' || state === 'cancelled');
  return (steps.find(({ state }) => state === 'failed') ?? steps.find(({ state }) => state === 'running') ?? last ?? steps[0])?.name;
}

/** `5 of 7 · 3 reused`, or with a noun `5 of 7 steps · 3 reused`. */
export function progress(states: RunSummary['stepStates'], noun = ''): string {
  const of = (state: StepState) => states[state] ?? 0;
  const all = Object.values(states).reduce((sum, amount) => sum + amount, 0);
  const done = of('succeeded') + of('reused');
  return [
    `${count(done)} of ${count(all)}${noun && ` ${noun}`}`,
    ...(of('reused') > 0 ? [`${count(of('reused'))} reused`] : []),
    ...(of('failed') > 0 ? [`${count(of('failed'))} failed`] : []),
    ...(of('skipped') > 0 ? [`${count(of('skipped'))} skipped`] : []),
  ].join(' · ');
}

/** A run as the list shows it. */
export function summaryOf({ steps, files: _, ...run }: PipelineRun): RunSummary {
  const stepStates: Record<string, number> = {};
  for (const { state } of steps) {
    stepStates[state] = (stepStates[state] ?? 0) + 1;
  }
  return { ...run, stepStates };
}
