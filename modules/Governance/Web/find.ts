import type { Found } from '@/module';
import { approvalPath, entryPath } from './places';
import { approvalPage, readApproval, type ApprovalRow } from './queries';
import { stageOf } from './verdicts';

const found = (workspace: string, approval: Pick<ApprovalRow, 'id' | 'model' | 'version' | 'state' | 'inForce'>): Found => ({
  id: `approval ${approval.id}`,
  title: `Approval of ${approval.model} version ${approval.version}`,
  hint: stageOf(approval).word,
  icon: 'approvals',
  path: approvalPath(workspace, approval.id),
});

/** Approvals by a part of the model's name, newest first, with the model's inventory entry; one approval by its id. */
export async function find(workspace: string, text: string, signal: AbortSignal): Promise<Found[]> {
  if (/^[0-9a-f]{32}$/i.test(text)) {
    return [found(workspace, await readApproval(workspace, text.toLowerCase(), signal))];
  }
  const { items } = await approvalPage(workspace, undefined, undefined, undefined, signal, 50);
  const wanted = text.toLowerCase();
  const mine = items.filter(({ model }) => model.toLowerCase().includes(wanted)).slice(0, 4);
  return [
    ...mine.map((approval) => found(workspace, approval)),
    ...[...new Set(mine.map(({ model }) => model))].map((model): Found => ({
      id: `inventory ${model}`,
      title: model,
      hint: 'inventory entry',
      icon: 'inventory',
      path: entryPath(workspace, model),
    })),
  ];
}
