import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { webhooksPath } from './places';
import type { DeliveryState } from './queries';

const states: readonly DeliveryState[] = ['waiting', 'delivered', 'failed'];

export const webhooksRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('./WebhooksPage'), 'WebhooksPage'),
});

/** Which deliveries are listed, absent: all; which one is open. */
export interface WebhookSearch {
  state?: DeliveryState;
  open?: string;
}

export const webhookRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/webhooks/$id',
  validateSearch: (search: Record<string, unknown>): WebhookSearch => ({
    state: states.find((state) => state === search.state),
    open: typeof search.open === 'string' && search.open !== '' ? search.open : undefined,
  }),
  component: lazyRouteComponent(() => import('./WebhookPage'), 'WebhookPage'),
});

export const webhooksRoutes = [webhooksRoute, webhookRoute] as const;

export const webhooks: WebModule = {
  pages: [
    {
      id: 'webhooks',
      title: 'Webhooks',
      icon: 'bolt',
      group: 'person',
      path: webhooksPath,
      words: 'notify, events, CI, deliveries, callback, Slack',
      permission: 'webhooks.read',
    },
  ],
};
