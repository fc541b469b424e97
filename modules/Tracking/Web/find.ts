import type { Found } from '@/module';
import { ago } from '@/parts/format';
import { isModelId, isRunId, nameLike } from './filters';
import { loggedModelPage, loggedModelsPath, type LoggedModel } from './loggedModelQueries';
import { experimentPage, runPage, runPath, runsPath, type Run } from './queries';
import { api, value } from '@/api/client';

/** Experiments, runs and logged models by a part of the name, and a run or a model by its id. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  if (isRunId(text)) {
    const { run } = await value(api.GET('/api/v1/w/{workspace}/runs/{runId}', { params: { path: { workspace, runId: text.toLowerCase() } }, signal }));
    return [foundRun(workspace, run)];
  }
  if (isModelId(text)) {
    return [foundModel(workspace, await value(api.GET('/api/v1/w/{workspace}/logged-models/{modelId}', { params: { path: { workspace, modelId: text.toLowerCase() } }, signal })))];
  }
  const [experiments, runs, models] = await Promise.all([
    experimentPage(workspace, { filter: nameLike('attributes.name', text) }, undefined, signal),
    runPage(workspace, { filter: nameLike('attributes.run_name', text) }, undefined, signal, 8),
    loggedModelPage(workspace, { filter: nameLike('name', text) }, undefined, signal, 6),
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
    ...models.items.map((model) => foundModel(workspace, model)),
  ];
}

const foundModel = (workspace: string, { modelId, name, experimentId, createdMs }: LoggedModel): Found => ({
  id: `logged model ${modelId}`,
  title: name,
  hint: `logged model · ${ago(createdMs, Date.now())}`,
  icon: 'models',
  path: loggedModelsPath(workspace, experimentId, modelId),
});

const foundRun = (workspace: string, run: Run): Found => ({
  id: `run ${run.runId}`,
  title: run.name,
  hint: `run · ${run.status}${run.startedMs > 0 ? ` · ${ago(run.startedMs, Date.now())}` : ''}`,
  icon: 'runs',
  path: runPath(workspace, run.runId),
});
