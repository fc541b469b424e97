import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, value, type Item } from '@/api/client';
import { bytes, counted } from '@/parts/format';
import type { Shown } from '@/table/columns';

export type TrashItem = Item<'/api/v1/w/{workspace}/trash'>;
export type TrashKind = 'run' | 'experiment' | 'loggedModel';

/** What people call each kind, in the singular. */
export const trashNouns: Record<TrashKind, string> = { run: 'run', experiment: 'experiment', loggedModel: 'logged model' };

/** What is shown of each: an experiment is in none, and a narrow screen has room for what it is and how long it can be had back. */
export function trashColumns(kind: TrashKind, narrow: boolean): Shown[] {
  if (narrow) {
    return [
      { id: 'name', width: 150 },
      { id: 'goes', width: 146 },
    ];
  }
  return ['name', 'experiment', 'deleted', 'goes', 'id'].filter((id) => id !== 'experiment' || kind !== 'experiment').map((id) => ({ id, pinned: id === 'name' }));
}

/** What to purge or to restore. */
export interface PurgeWhat {
  runs?: string[];
  experiments?: string[];
  loggedModels?: string[];
  all?: boolean;
}

/** The ids as a request names them. */
export const namedIn = (kind: TrashKind, ids: readonly string[]): PurgeWhat => ({ [`${kind}s`]: [...ids] });

export const trashQuery = (workspace: string, kind: TrashKind) =>
  infiniteQueryOptions({
    queryKey: ['trash', workspace, kind],
    queryFn: ({ pageParam, signal }) =>
      value(api.GET('/api/v1/w/{workspace}/trash', { params: { path: { workspace }, query: { kind, cursor: pageParam, limit: 100 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** Deletes runs or experiments: they can be restored for a while. */
export const putAway = ({ workspace, runs, experiments }: { workspace: string; runs?: string[]; experiments?: string[] }) =>
  api.POST('/api/v1/w/{workspace}/trash', { params: { path: { workspace } }, body: { runs, experiments } });

export const restore = (workspace: string, { runs, experiments, loggedModels }: PurgeWhat) =>
  api.POST('/api/v1/w/{workspace}/trash/restore', { params: { path: { workspace } }, body: { runs, experiments, loggedModels } });

export const purge = (workspace: string, what: PurgeWhat & { dryRun?: boolean; reason?: string }) =>
  value(api.POST('/api/v1/w/{workspace}/trash/purge', { params: { path: { workspace } }, body: { all: false, dryRun: false, ...what } }));

export type PurgeReport = Awaited<ReturnType<typeof purge>>;

const list = new Intl.ListFormat('en');

/** A sentence that says what a purge erases; kinds of which nothing goes are not named. */
export function whatGoes({ runs, experiments, loggedModels, artifacts, artifactBytes, more }: PurgeReport): string {
  const kinds = Object.entries({ [trashNouns.run]: runs, [trashNouns.experiment]: experiments, [trashNouns.loggedModel]: loggedModels });
  const goes = [...kinds.filter(([, amount]) => amount > 0).map(([noun, amount]) => counted(noun, amount)), ...(more ? ['more'] : [])];
  if (goes.length === 0) {
    return 'Nothing goes.';
  }
  const verb = !more && runs + experiments + loggedModels === 1 ? 'goes' : 'go';
  return `${list.format(goes)} ${verb} for good, with everything that was logged and ${counted('file', artifacts)} (${bytes(artifactBytes)}).`;
}

export const moveRuns = (workspace: string, runIds: string[], experimentId: string) =>
  value(api.POST('/api/v1/w/{workspace}/runs/move', { params: { path: { workspace } }, body: { runIds, experimentId } }));
