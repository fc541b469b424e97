import type { ApprovalRow, Entry } from './queries';

/** A model with what governance knows of it; what is not there is missing, and is shown as missing. */
export interface Shelved {
  model: string;
  entry?: Entry;
  /** Newest version that is registered; absent: none, or the model is gone. */
  latestVersion?: number;
  /** The approval that says most: the newest in force, else the newest that waits, else the newest. */
  approval?: ApprovalRow;
}

/** Each once, the newest first; ids grow with time. */
export const newestFirst = (approvals: readonly ApprovalRow[]): ApprovalRow[] =>
  [...new Map(approvals.map((approval) => [approval.id, approval])).values()].sort((a, b) => (a.id < b.id ? 1 : -1));

const weight = ({ state, inForce }: ApprovalRow): number => (inForce ? 2 : state === 'requested' ? 1 : 0);

/** Every model that is registered or in the inventory: without an entry first, then by tier, then by name. */
export function shelve(
  models: readonly { name: string; latestVersion?: number | null }[],
  entries: readonly Entry[],
  approvals: readonly ApprovalRow[],
): Shelved[] {
  const byModel = new Map(entries.map((entry) => [entry.model, entry]));
  const versions = new Map(models.map(({ name, latestVersion }) => [name, latestVersion ?? undefined]));
  const best = new Map<string, ApprovalRow>();
  // Newest first, so that of equal weight the first one stays.
  for (const approval of approvals) {
    const other = best.get(approval.model);
    if (!other || weight(approval) > weight(other)) {
      best.set(approval.model, approval);
    }
  }
  return [...new Set([...versions.keys(), ...byModel.keys()])]
    .map((model): Shelved => ({ model, entry: byModel.get(model), latestVersion: versions.get(model), approval: best.get(model) }))
    .sort((a, b) => (a.entry?.tier ?? 0) - (b.entry?.tier ?? 0) || a.model.localeCompare(b.model));
}
