import type { Change } from '@/live/state';
import type { Run, RunPage } from './queries';

/** The runs that hints are about: of this workspace, and of the experiment when there is one. */
export function touchedRuns(changes: readonly Change[], workspace: string, experiment?: string): Set<string> {
  const ids = new Set<string>();
  for (const { kind, workspace: place, id, parent } of changes) {
    if (place !== workspace) {
      continue;
    }
    if (kind === 'run' && (experiment === undefined || parent === undefined || parent === experiment)) {
      ids.add(id);
    }
    if (kind === 'metric') {
      ids.add(id);
    }
  }
  return ids;
}

/** The pages with these runs in place of their older selves; the order stays, so that no row jumps. */
export function withFresh(pages: readonly RunPage[], fresh: readonly Run[]): RunPage[] {
  const byId = new Map(fresh.map((run) => [run.runId, run]));
  return pages.map((page) =>
    page.items.some(({ runId }) => byId.has(runId))
      ? { ...page, columns: withKeys(page.columns, fresh), items: page.items.map((run) => byId.get(run.runId) ?? run) }
      : page,
  );
}

function withKeys(columns: RunPage['columns'], runs: readonly Run[]): RunPage['columns'] {
  const more = (known: readonly string[], kind: 'params' | 'metrics' | 'tags') =>
    [...new Set([...known, ...runs.flatMap((run) => Object.keys(run[kind]))])].sort();
  return { params: more(columns.params, 'params'), metrics: more(columns.metrics, 'metrics'), tags: more(columns.tags, 'tags') };
}
