import { createRouter } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '@/search';
import { answers } from '@modules/Answers/Web/routes';
import { identity, identityRoutes } from '@modules/Identity/Web/routes';
import { datasets, datasetsRoutes } from '@modules/Datasets/Web/routes';
import { governance, governanceRoutes } from '@modules/Governance/Web/routes';
import { monitoring, monitoringRoutes } from '@modules/Monitoring/Web/routes';
import { pipelines, pipelinesRoutes } from '@modules/Pipelines/Web/routes';
import { registry, registryRoutes } from '@modules/Registry/Web/routes';
import { serving, servingRoutes } from '@modules/Serving/Web/routes';
import { tracking, trackingRoutes } from '@modules/Tracking/Web/routes';
import { training } from '@modules/Training/Web/routes';
import { webhooks, webhooksRoutes } from '@modules/Webhooks/Web/routes';
import { indexRoute, rootRoute, shellRoute, workspaceRoute } from '@/routes';

/** The modules in the order of a model's life; navigation keeps it. */
export const modules = [datasets, pipelines, tracking, training, registry, governance, serving, monitoring, answers, webhooks, identity] as const;

const tree = rootRoute.addChildren([
  ...identityRoutes.open,
  shellRoute.addChildren([
    indexRoute,
    ...identityRoutes.signedIn,
    workspaceRoute.addChildren([...datasetsRoutes, ...pipelinesRoutes, ...trackingRoutes, ...registryRoutes, ...governanceRoutes, ...servingRoutes, ...monitoringRoutes, ...webhooksRoutes]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  scrollRestoration: false,
  parseSearch,
  stringifySearch,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
