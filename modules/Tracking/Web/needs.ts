import type { Need } from '@/module';
import { duration } from '@/parts/format';
import { runPage, runPath } from './queries';

const dayMs = 86_400_000;

/** Runs that failed within the last three days: somebody should look why. */
export async function failedRuns(workspace: string, signal: AbortSignal): Promise<Need[]> {
  const { items } = await runPage(workspace, { filter: "attributes.status = 'FAILED'", sort: '-started', fields: 'info' }, undefined, signal, 3);
  return items
    .filter(({ startedMs, endedMs }) => (endedMs ?? startedMs) > Date.now() - 3 * dayMs)
    .map((run) => ({
      id: `run ${run.runId}`,
      title: `Run ${run.name} failed`,
      why: run.endedMs && run.startedMs > 0 ? `after ${duration(run.endedMs - run.startedMs)}` : 'its client did not say when',
      path: runPath(workspace, run.runId),
      atMs: run.endedMs ?? run.startedMs,
    }));
}
