import { api, value } from '@/api/client';
import type { Need } from '@/module';
import { ago } from '@/parts/format';
import type { Key } from './queries';

const dayMs = 86_400_000;

/** Keys in force that end within two weeks: whatever uses them stops then. */
export function expiring(keys: readonly Key[], nowMs: number): Key[] {
  return keys
    .filter(({ expiresMs, revokedMs }) => revokedMs == null && expiresMs > nowMs && expiresMs < nowMs + 14 * dayMs)
    .sort((a, b) => a.expiresMs - b.expiresMs);
}

export async function expiringKeys(_workspace: string, signal: AbortSignal): Promise<Need[]> {
  const { items } = await value(api.GET('/api/v1/keys', { signal }));
  return expiring(items, Date.now()).map((key) => ({
    id: `key ${key.id}`,
    title: `Key ${key.name} expires ${ago(key.expiresMs, Date.now())}`,
    why: `of ${key.principalName}; make a new one and put it in its place`,
    path: '/keys',
  }));
}
