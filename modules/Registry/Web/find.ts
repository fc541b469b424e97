import type { Found } from '@/module';
import { modelPage, modelPath, versionPath } from './queries';

/** Models by a part of the name, with their newest version. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const { items } = await modelPage(workspace, undefined, signal);
  const wanted = text.toLowerCase();
  return items
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .slice(0, 6)
    .flatMap(({ name, latestVersion }): Found[] => [
      { id: `model ${name}`, title: name, hint: 'model', icon: 'models', path: modelPath(workspace, name) },
      ...(latestVersion
        ? [
            {
              id: `model version ${name}`,
              title: `${name} version ${latestVersion}`,
              hint: 'model version, the newest',
              icon: 'models' as const,
              path: versionPath(workspace, name, latestVersion),
            },
          ]
        : []),
    ]);
}
