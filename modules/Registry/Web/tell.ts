import type { Fact, Told } from '@/module';
import { modelPath, versionPath } from './queries';

/** What happened to a model or a version, in words. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { model, version, alias, to, previous, key } = detail;
  if (typeof model !== 'string') {
    return undefined;
  }
  const whole = { before: 'model', name: model, path: modelPath(workspace, model) };
  switch (kind) {
    case 'model.registered':
      return { ...whole, after: 'registered' };
    case 'model.renamed':
      return { ...whole, after: typeof previous === 'string' ? `was called ${previous}` : 'renamed' };
    case 'model.deleted':
      return { before: 'model', name: model, after: 'deleted' };
    case 'alias.changed':
      return { ...whole, after: typeof to === 'number' ? `${String(alias)} stands for version ${to}` : `${String(alias)} was removed` };
    case 'model.tagSet':
      return { ...whole, after: `has another tag ${String(key)}` };
    case 'model.tagDeleted':
      return { ...whole, after: `has no tag ${String(key)} any more` };
    default:
      break;
  }
  if (typeof version !== 'number') {
    return undefined;
  }
  const one = { before: 'model', name: `${model} version ${version}`, path: versionPath(workspace, model, version) };
  switch (kind) {
    case 'version.registered':
      return { ...one, after: 'registered' };
    case 'stage.changed':
      return { ...one, after: typeof to === 'string' ? `moved to stage ${to.toLowerCase()}` : 'moved' };
    case 'version.tagSet':
      return { ...one, after: `has another tag ${String(key)}` };
    case 'version.tagDeleted':
      return { ...one, after: `has no tag ${String(key)} any more` };
    case 'version.deleted':
      return { before: 'model', name: one.name, after: 'deleted' };
    default:
      return undefined;
  }
}
