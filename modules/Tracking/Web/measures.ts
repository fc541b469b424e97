import type { LoggedModel, Measure } from './loggedModelQueries';

/** The value that stands for a metric in a table: of several runs and datasets the one with the greatest step; of several, the latest. */
export function shownMeasure(model: Pick<LoggedModel, 'measures'>, key: string): Measure | undefined {
  return model.measures
    .filter((one) => one.key === key)
    .reduce<Measure | undefined>((best, one) => (best === undefined || one.step > best.step || (one.step === best.step && one.timeMs > best.timeMs) ? one : best), undefined);
}

/** Keys that occur in these models, sorted. */
export function modelKeys(models: readonly Pick<LoggedModel, 'measures' | 'params'>[]): { metrics: string[]; params: string[] } {
  return {
    metrics: [...new Set(models.flatMap(({ measures }) => measures.map(({ key }) => key)))].sort(),
    params: [...new Set(models.flatMap(({ params }) => Object.keys(params)))].sort(),
  };
}

/** A dataset as people tell it from others: its name and the beginning of its digest. */
export const datasetName = (name: string | null | undefined, digest: string | null | undefined): string | undefined =>
  name ? (digest ? `${name} (${digest.slice(0, 8)})` : name) : undefined;

/** The registrations that a client or the registry noted on a model; a tag of another form tells none. */
export function registrations(tags: Readonly<Record<string, string>>): { name: string; version: string }[] {
  try {
    const list: unknown = JSON.parse(tags['mlflow.modelVersions'] ?? '[]');
    return Array.isArray(list)
      ? list.flatMap((one: unknown) => {
          const { name, version } = (one ?? {}) as { name?: unknown; version?: unknown };
          return typeof name === 'string' && (typeof version === 'number' || typeof version === 'string') ? [{ name, version: String(version) }] : [];
        })
      : [];
  } catch {
    return [];
  }
}
