import type { Need } from '@/module';
import { counted } from '@/parts/format';
import { monitorPage, monitorPath, retrainingPage, type MonitorRow, type Retraining } from './queries';
import { worst } from './verdicts';

/** Monitors with open alerts, and requests for retraining that nobody has answered. */
export async function waiting(workspace: string, signal: AbortSignal): Promise<Need[]> {
  const [monitors, requests] = await Promise.all([monitorPage(workspace, signal), retrainingPage(workspace, signal, 'open')]);
  return [...monitors.items.flatMap((monitor) => alertNeed(workspace, monitor) ?? []), ...requests.items.map((request) => retrainingNeed(workspace, request))];
}

export function alertNeed(workspace: string, { endpoint, openAlerts, versions }: MonitorRow): Need | undefined {
  if (openAlerts === 0) {
    return undefined;
  }
  const aspect = worst(versions.flatMap(({ verdicts }) => verdicts));
  return {
    id: `monitor ${endpoint}`,
    title: `${counted('open alert', openAlerts)} under ${endpoint}`,
    why: aspect && aspect.verdict !== 'yes' ? aspect.detail : 'its cause may be gone; somebody closes it',
    path: monitorPath(workspace, endpoint),
    ...(typeof aspect?.changedMs === 'number' ? { atMs: aspect.changedMs } : {}),
  };
}

export const retrainingNeed = (workspace: string, { id, model, reason, endpoint, requestedMs }: Retraining): Need => ({
  id: `retraining ${id}`,
  title: `Retraining of ${model} is asked for`,
  why: reason,
  path: monitorPath(workspace, endpoint),
  atMs: requestedMs,
});
