import { useEffect, useState } from 'react';
import { asProblem, type ProblemError } from '@/api/problem';
import { readLog, type LogLine } from './queries';

/** As many lines as are kept on the page; the oldest go first. */
export const keptLines = 5_000;
const pauseMs = 1_000;

export interface StepLog {
  lines: readonly LogLine[];
  /** Lines that came before those kept. */
  dropped: number;
  ended: boolean;
  error?: ProblemError;
}

const nothing: StepLog = { lines: [], dropped: 0, ended: false };

/** The log with more lines at its end, and no more than may be kept. */
export function appended(log: StepLog, more: readonly LogLine[], ended: boolean, most = keptLines): StepLog {
  const all = [...log.lines, ...more];
  const over = Math.max(0, all.length - most);
  return { lines: over > 0 ? all.slice(over) : all, dropped: log.dropped + over, ended };
}

/** Reads a step's log from its beginning and follows it until it ends; each attempt begins a new reading. */
export function useStepLog(workspace: string, runId: string, step: string, attempt: number, wanted: boolean): StepLog {
  const [log, setLog] = useState(nothing);
  useEffect(() => {
    setLog(nothing);
    if (!wanted) {
      return undefined;
    }
    const stop = new AbortController();
    void follow(stop.signal);
    return () => stop.abort();

    async function follow(signal: AbortSignal): Promise<void> {
      let from = 0;
      while (!signal.aborted) {
        try {
          const { lines, next, ended } = await readLog(workspace, runId, step, from, signal);
          from = next;
          setLog((before) => appended(before, lines, ended && lines.length === 0));
          if (lines.length > 0) {
            continue;
          }
          if (ended) {
            return;
          }
        } catch (error) {
          const problem = asProblem(error);
          if (signal.aborted) {
            return;
          }
          setLog((before) => ({ ...before, error: problem }));
          if (problem.code !== 'unreachable' && problem.status !== 429 && problem.status !== 503) {
            return;
          }
        }
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
  }, [workspace, runId, step, attempt, wanted]);
  return log;
}
