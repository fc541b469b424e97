import type { Need } from '@/module';
import { endpointPage, endpointPath, type Endpoint } from './queries';

/** Endpoints that are stopped, halted, or have something else loaded than was approved. */
export async function waiting(workspace: string, signal: AbortSignal): Promise<Need[]> {
  const { items } = await endpointPage(workspace, signal);
  return items.flatMap((endpoint) => needOf(workspace, endpoint) ?? []);
}

export function needOf(workspace: string, endpoint: Endpoint): Need | undefined {
  const { name, reason, changedMs, health } = endpoint;
  const need = { id: `endpoint ${name}`, path: endpointPath(workspace, name), atMs: changedMs };
  const because = reason ?? 'nobody gave a reason';
  if (endpoint.stopped) {
    const released = endpoint.releases?.length ?? 0;
    return { ...need, title: `Endpoint ${name} is stopped`, why: released > 0 ? `${because}; released by ${endpoint.releases?.[0]?.by}, one more is needed` : because };
  }
  if (endpoint.rollout === 'halted') {
    return { ...need, title: `The rollout under ${name} is halted`, why: because };
  }
  return health.verdict === 'no' ? { ...need, title: `Endpoint ${name} is not as approved`, why: health.detail } : undefined;
}
