import type { Verdict } from '@/parts/VerdictChip';
import type { Delivery, Webhook, WebhookEvent } from './queries';

/** What a webhook's state is called. */
export function hookSaid({ active, failingSinceMs, lastAttemptMs }: Pick<Webhook, 'active' | 'failingSinceMs' | 'lastAttemptMs'>): { verdict: Verdict; word: string } {
  if (!active) {
    return { verdict: 'unknown', word: 'disabled' };
  }
  if (failingSinceMs != null) {
    return { verdict: 'no', word: 'failing' };
  }
  return lastAttemptMs == null ? { verdict: 'unknown', word: 'nothing sent yet' } : { verdict: 'yes', word: 'delivering' };
}

/** What a delivery's state is called. */
export function deliverySaid({ state, attempts }: Pick<Delivery, 'state' | 'attempts'>): { verdict: Verdict; word: string } {
  switch (state) {
    case 'delivered':
      return { verdict: 'yes', word: 'delivered' };
    case 'failed':
      return { verdict: 'no', word: 'failed' };
    default:
      return attempts > 0 ? { verdict: 'attention', word: 'tried again later' } : { verdict: 'unknown', word: 'waiting' };
  }
}

/** Events under their headings, in the server's order. */
export function grouped(events: readonly WebhookEvent[]): { group: string; events: WebhookEvent[] }[] {
  const groups = new Map<string, WebhookEvent[]>();
  for (const event of events) {
    groups.set(event.group, [...(groups.get(event.group) ?? []), event]);
  }
  return [...groups].map(([group, mine]) => ({ group, events: mine }));
}

/** JSON with line breaks; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
