import { may, useSession } from '@/api/session';

/** What the signed-in person may do here; who may sign one approval, the approval itself says. */
export function useRights(workspace: string) {
  const session = useSession();
  return {
    me: session.principal.id,
    name: session.principal.name,
    asks: may(session, 'governance.approvals.request', workspace),
    ends: may(session, 'governance.approvals.end', workspace),
    checksPolicy: may(session, 'governance.policy.check', workspace),
    writesPolicy: may(session, 'governance.policy.write', workspace),
    writesInventory: may(session, 'governance.inventory.write', workspace),
  };
}
