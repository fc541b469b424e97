import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { WebModule } from '@/module';
import { workspaceRoute } from '@/routes';
import { tableSearch, type TableSearch } from '@/table/search';
import { find } from './find';
import { waitingApprovals } from './needs';
import { approvalsPath, exceptionsPath, inventoryPath, policiesPath } from './places';
import { tell } from './tell';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const whole = (value: unknown): number | undefined => (/^\d{1,9}$/.test(String(value)) ? Number(value) : undefined);

/** Which approvals are listed: of a state, `all`, or absent for those that wait; of a model when one is named. */
export interface ApprovalsSearch extends TableSearch {
  state?: string;
  model?: string;
}

export const approvalsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/approvals',
  validateSearch: (search: Record<string, unknown>): ApprovalsSearch => ({ ...tableSearch(search), state: text(search.state), model: text(search.model) }),
  component: lazyRouteComponent(() => import('./ApprovalsPage'), 'ApprovalsPage'),
});

export const approvalRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/approvals/$id',
  component: lazyRouteComponent(() => import('./ApprovalPage'), 'ApprovalPage'),
});

/** Which version is shown, absent: the one in force; with which it is compared, absent: none. */
export interface PoliciesSearch {
  version?: number;
  against?: number;
}

export const policiesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/policies',
  validateSearch: (search: Record<string, unknown>): PoliciesSearch => ({ version: whole(search.version), against: whole(search.against) }),
  component: lazyRouteComponent(() => import('./PoliciesPage'), 'PoliciesPage'),
});

export const inventoryRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/inventory',
  validateSearch: (search: Record<string, unknown>): TableSearch => tableSearch(search),
  component: lazyRouteComponent(() => import('./InventoryPage'), 'InventoryPage'),
});

export const entryRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/inventory/$model',
  component: lazyRouteComponent(() => import('./EntryPage'), 'EntryPage'),
});

/** The exception whose details are open. */
export interface ExceptionsSearch {
  open?: string;
}

export const exceptionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/exceptions',
  validateSearch: (search: Record<string, unknown>): ExceptionsSearch => ({ open: text(search.open) }),
  component: lazyRouteComponent(() => import('./ExceptionsPage'), 'ExceptionsPage'),
});

export const governanceRoutes = [approvalsRoute, approvalRoute, policiesRoute, inventoryRoute, entryRoute, exceptionsRoute] as const;

export const governance: WebModule = {
  pages: [
    {
      id: 'approvals',
      title: 'Approvals',
      icon: 'approvals',
      group: 'Govern',
      path: approvalsPath,
      key: 's',
      words: 'sign, refuse, requests, inbox, sign-off',
      permission: 'governance.approvals.read',
    },
    {
      id: 'policies',
      title: 'Policies',
      icon: 'policies',
      group: 'Govern',
      path: policiesPath,
      key: 'y',
      words: 'requirements, rules, tests, sign-offs by tier',
      permission: 'governance.policy.read',
    },
    {
      id: 'inventory',
      title: 'Inventory',
      icon: 'inventory',
      group: 'Govern',
      path: inventoryPath,
      key: 'i',
      words: 'purpose, owner, tier, use case, approved uses',
      permission: 'governance.inventory.read',
    },
    {
      id: 'exceptions',
      title: 'Exceptions',
      icon: 'exceptions',
      group: 'Govern',
      path: (workspace) => exceptionsPath(workspace),
      key: 'x',
      words: 'waivers, expiry',
      permission: 'governance.approvals.read',
    },
  ],
  find,
  needs: waitingApprovals,
  tell,
};
