import type { Fact, Told } from '@/module';
import { pipelineRunPath } from './queries';

/** What happened to a pipeline run, in words. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { pipelineRunId, pipeline, state } = detail;
  if (typeof pipelineRunId !== 'string' || typeof pipeline !== 'string') {
    return undefined;
  }
  const told = { before: 'pipeline run', name: pipeline, path: pipelineRunPath(workspace, pipelineRunId) };
  if (kind === 'pipelineRun.finished') {
    return { ...told, after: typeof state === 'string' ? state.toLowerCase() : 'finished' };
  }
  return kind === 'pipelineRun.started' ? { ...told, after: 'started' } : undefined;
}
