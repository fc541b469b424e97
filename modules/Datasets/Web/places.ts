import type { Use } from './queries';

/** The page of what used a dataset. */
export function placeOf(workspace: string, { kind, subject }: Pick<Use, 'kind' | 'subject'>): string | undefined {
  switch (kind) {
    case 'pipelineRun':
      return `/w/${workspace}/pipeline-runs/${encodeURIComponent(subject)}`;
    case 'run':
      return `/w/${workspace}/runs/${encodeURIComponent(subject)}`;
    case 'modelVersion': {
      const at = subject.lastIndexOf('/');
      return at < 0 ? undefined : `/w/${workspace}/models/${encodeURIComponent(subject.slice(0, at))}/versions/${encodeURIComponent(subject.slice(at + 1))}`;
    }
    default:
      return undefined;
  }
}

export const nouns: Record<string, string> = { pipelineRun: 'pipeline run', run: 'run', modelVersion: 'model version' };
