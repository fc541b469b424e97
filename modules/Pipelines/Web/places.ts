import type { StepValue } from './queries';

/** The page of what a step gave: a dataset's version, the run that trained a model, a model's version. Nothing when its facts name none. */
export function placeOf(workspace: string, { type, name, facts }: StepValue): { href: string; text: string } | undefined {
  const fact = (key: string): string | undefined => facts?.[key] || undefined;
  const version = fact('version');
  if (type === 'dataset' && name && version) {
    return { href: `/w/${workspace}/datasets/${encodeURIComponent(name)}?version=${encodeURIComponent(version)}`, text: `${name} version ${version}` };
  }
  const model = fact('model');
  if (type === 'modelVersion' && model && version) {
    return { href: `/w/${workspace}/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}`, text: `${model} version ${version}` };
  }
  const run = fact('runId');
  if (type === 'model' && run) {
    return { href: `/w/${workspace}/runs/${encodeURIComponent(run)}`, text: 'the run that trained it' };
  }
  return undefined;
}
