import type { Found } from '@/module';
import { pipelineRunPath, pipelineRunsPath, pipelinesPage, readRun } from './queries';

/** Pipelines by a part of the name, and a pipeline run by its id. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  if (/^[0-9a-f]{32}$/i.test(text)) {
    const run = await readRun(workspace, text.toLowerCase(), signal);
    return [
      {
        id: `pipeline run ${run.id}`,
        title: run.pipeline,
        hint: `pipeline run · ${run.state}`,
        icon: 'pipelines',
        path: pipelineRunPath(workspace, run.id),
      },
    ];
  }
  const { items } = await pipelinesPage(workspace, undefined, signal);
  const wanted = text.toLowerCase();
  return items
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, 6)
    .flatMap((pipeline): Found[] => [
      { id: `pipeline ${pipeline.name}`, title: pipeline.name, hint: 'pipeline', icon: 'pipelines', path: pipelineRunsPath(workspace, pipeline.name) },
      {
        id: `pipeline run ${pipeline.latest.id}`,
        title: `${pipeline.name}, latest run`,
        hint: `pipeline run · ${pipeline.latest.state}`,
        icon: 'pipelines',
        path: pipelineRunPath(workspace, pipeline.latest.id),
      },
    ]);
}
