import { infiniteQueryOptions, queryOptions, useQueryClient } from '@tanstack/react-query';
import { all } from '@/api/all';
import { api, value, type Item, type Reply } from '@/api/client';
import { useChanges } from '@/live/useLive';

export type Webhook = Item<'/api/v1/w/{workspace}/webhooks'>;
export type Delivery = Item<'/api/v1/w/{workspace}/webhooks/{id}/deliveries'>;
export type DeliveryState = Delivery['state'];
export type WebhookEvent = Reply<'/api/v1/w/{workspace}/webhooks/events'>[number];

export const webhooksQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['webhooks', workspace],
    queryFn: ({ signal }) => all((cursor) => value(api.GET('/api/v1/w/{workspace}/webhooks', { params: { path: { workspace }, query: { cursor, limit: 100 } }, signal }))),
  });

export const webhookQuery = (workspace: string, id: string) =>
  queryOptions({
    queryKey: ['webhook', workspace, id],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/webhooks/{id}', { params: { path: { workspace, id } }, signal })),
  });

export const eventsQuery = (workspace: string) =>
  queryOptions({
    queryKey: ['webhook events', workspace],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/webhooks/events', { params: { path: { workspace } }, signal })),
    staleTime: Infinity,
  });

export const deliveriesQuery = (workspace: string, id: string, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhook', workspace, id, 'deliveries', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      value(api.GET('/api/v1/w/{workspace}/webhooks/{id}/deliveries', { params: { path: { workspace, id }, query: { state, cursor: pageParam, limit: 50 } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const deliveryQuery = (workspace: string, id: string, delivery: string) =>
  queryOptions({
    queryKey: ['webhook', workspace, id, 'delivery', delivery],
    queryFn: ({ signal }) => value(api.GET('/api/v1/w/{workspace}/webhooks/{id}/deliveries/{delivery}', { params: { path: { workspace, id, delivery } }, signal })),
  });

/** What a form holds. */
export interface WebhookForm {
  name: string;
  url: string;
  description: string;
  /** Empty: none, or the one that is there. */
  secret: string;
  events: readonly string[];
  active: boolean;
}

export const createWebhook = (workspace: string, { name, url, description, secret, events, active }: WebhookForm) =>
  value(
    api.POST('/api/v1/w/{workspace}/webhooks', {
      params: { path: { workspace } },
      body: { name, url, events: [...events], active, ...(description ? { description } : {}), ...(secret ? { secret } : {}) },
    }),
  );

export const updateWebhook = (workspace: string, id: string, { secret, events, ...form }: WebhookForm) =>
  value(
    api.PATCH('/api/v1/w/{workspace}/webhooks/{id}', {
      params: { path: { workspace, id } },
      body: { ...form, events: [...events], ...(secret ? { secret } : {}) },
    }),
  );

export const deleteWebhook = (workspace: string, id: string) => api.DELETE('/api/v1/w/{workspace}/webhooks/{id}', { params: { path: { workspace, id } } });

export const testWebhook = (workspace: string, id: string) =>
  value(api.POST('/api/v1/w/{workspace}/webhooks/{id}/test', { params: { path: { workspace, id } }, body: {} }));

export const redeliver = (workspace: string, id: string, delivery: string) =>
  value(api.POST('/api/v1/w/{workspace}/webhooks/{id}/deliveries/{delivery}/redeliver', { params: { path: { workspace, id, delivery } } }));

/** Reads webhooks anew when the server says that one changed. */
export function useLiveWebhooks(workspace: string): void {
  const queries = useQueryClient();
  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'webhook' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['webhooks', workspace] });
      void queries.invalidateQueries({ queryKey: ['webhook', workspace] });
    }
  });
}
