import type { Found } from '@/module';
import { counted } from '@/parts/format';
import { monitorPage, monitorPath } from './queries';

/** Monitors by a part of their endpoint's name or of the model's. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const { items } = await monitorPage(workspace, signal);
  const wanted = text.toLowerCase();
  return items
    .filter(({ endpoint, model }) => `${endpoint} ${model}`.toLowerCase().includes(wanted))
    .slice(0, 6)
    .map(({ endpoint, model, openAlerts }) => ({
      id: `monitor ${endpoint}`,
      title: `${endpoint} monitor`,
      hint: `monitor of ${model}${openAlerts > 0 ? `, ${counted('open alert', openAlerts)}` : ''}`,
      icon: 'monitors',
      path: monitorPath(workspace, endpoint),
    }));
}
