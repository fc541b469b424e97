import type { Found } from '@/module';
import { endpointPage, endpointPath } from './queries';
import { trafficSaid } from './states';

/** Endpoints by a part of their name or of their model's. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const { items } = await endpointPage(workspace, signal);
  const wanted = text.toLowerCase();
  return items
    .filter(({ name, model }) => `${name} ${model}`.toLowerCase().includes(wanted))
    .slice(0, 6)
    .map(({ name, model, deployments }) => ({
      id: `endpoint ${name}`,
      title: name,
      hint: `endpoint of ${model}, ${trafficSaid(deployments)}`,
      icon: 'endpoints',
      path: endpointPath(workspace, name),
    }));
}
