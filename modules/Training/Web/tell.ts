import type { Fact, Told } from '@/module';

/** What training and evaluation did, in words; both lead to the run that has the figures. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { modelDigest, runId, findings } = detail;
  if ((kind !== 'model.trained' && kind !== 'model.evaluated') || typeof modelDigest !== 'string') {
    return undefined;
  }
  const found = typeof findings === 'number' && findings > 0 ? `, ${findings} finding${findings === 1 ? '' : 's'}` : '';
  return {
    before: 'model',
    name: modelDigest.slice(0, 8),
    after: kind === 'model.trained' ? 'trained' : `evaluated${found}`,
    path: typeof runId === 'string' ? `/w/${workspace}/runs/${encodeURIComponent(runId)}` : undefined,
  };
}
