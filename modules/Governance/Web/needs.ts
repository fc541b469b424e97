import type { Need } from '@/module';
import { counted } from '@/parts/format';
import { isMine } from './inbox';
import { approvalPath } from './places';
import { approvalPage } from './queries';

/** Approvals that wait for the signed-in person. */
export async function waitingApprovals(workspace: string, signal: AbortSignal): Promise<Need[]> {
  const { items } = await approvalPage(workspace, 'requested', undefined, undefined, signal);
  return items
    .filter(isMine)
    .map(({ id, model, version, requestedBy, reason, requestedMs, unmet }) => ({
      id: `approval ${id}`,
      title: `Sign or refuse ${model} version ${version}`,
      why: `asked for by ${requestedBy}${unmet > 0 ? `, ${counted('requirement', unmet)} unmet` : ''}: ${reason}`,
      path: approvalPath(workspace, id),
      atMs: requestedMs,
    }));
}
