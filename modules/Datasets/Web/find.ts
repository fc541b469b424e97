import type { Found } from '@/module';
import { datasetPage, datasetPath } from './queries';

/** Datasets by a part of the name. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const { items } = await datasetPage(workspace, undefined, signal);
  const wanted = text.toLowerCase();
  return items
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, 6)
    .map(({ name, versions }) => ({
      id: `dataset ${name}`,
      title: name,
      hint: versions === 0 ? 'dataset, without a version' : `dataset, version ${versions}`,
      icon: 'datasets',
      path: datasetPath(workspace, name),
    }));
}
