import type { Fact, Told } from '@/module';
import { datasetPath } from './queries';

/** What happened to a dataset, in words. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { name, version } = detail;
  if (typeof name !== 'string') {
    return undefined;
  }
  if (kind === 'dataset.versionCreated' && typeof version === 'number') {
    return { before: 'dataset', name: `${name} version ${version}`, after: 'added', path: datasetPath(workspace, name, version) };
  }
  return kind === 'dataset.contractChanged' ? { before: 'contract of dataset', name, after: 'changed', path: datasetPath(workspace, name) } : undefined;
}
