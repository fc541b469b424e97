import type { Found } from '@/module';
import { ago } from '@/parts/format';
import { isRunId, nameLike } from './filters';
import { experimentPage, runPage, runPath, runsPath, type Run } from './queries';
import { api, value } from '@/api/client';

/** Experiments and runs by a part of the name, and a run by its id. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  if (isRunId(text)) {
    const { run } = await value(api.GET('/api/v1/w/{workspace}/runs/{runId}', { params: { path: { workspace, runId: text.toLowerCase() } }, signal }));
    return [foundRun(workspace, run)];
  }
  const [experiments, runs] = await Promise.all([
    experimentPage(workspace, { filter: nameLike('attributes.name', text) }, undefined, signal),
    runPage(workspace, { filter: nameLike('attributes.run_name', text) }, undefined, signal, 8),
  ]);
  return [
    ...experiments.items.slice(0, 6).map((item): Found => ({
      id: `experiment ${item.experimentId}`,
      title: item.name,
      hint: `experiment ${item.experimentId}`,
      icon: 'experiments',
      path: runsPath(workspace, item.experimentId),
    })),
    ...runs.items.map((run) => foundRun(workspace, run)),
  ];
}

const foundRun = (workspace: string, run: Run): Found => ({
  id: `run ${run.runId}`,
  title: run.name,
  hint: `run · ${run.status}${run.startedMs > 0 ? ` · ${ago(run.startedMs, Date.now())}` : ''}`,
  icon: 'runs',
  path: runPath(workspace, run.runId),
});
