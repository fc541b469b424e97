import type { Need } from '@/module';
import { pipelineRunPath, pipelinesPage } from './queries';

const dayMs = 86_400_000;

/** Pipelines whose newest run failed within the last three days: somebody should look why. */
export async function failedPipelines(workspace: string, signal: AbortSignal): Promise<Need[]> {
  const { items } = await pipelinesPage(workspace, undefined, signal);
  return items
    .filter(({ latest }) => latest.state === 'failed' && (latest.endedMs ?? latest.startedMs) > Date.now() - 3 * dayMs)
    .map(({ name, latest }) => ({
      id: `pipeline run ${latest.id}`,
      title: `Pipeline ${name} failed`,
      why: latest.byName ? `started by ${latest.byName}` : 'its newest run',
      path: pipelineRunPath(workspace, latest.id),
      atMs: latest.endedMs ?? latest.startedMs,
    }));
}
