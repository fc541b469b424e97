import { useQueryClient } from '@tanstack/react-query';
import { useChanges } from '@/live/useLive';

/** First parts of the query keys that may differ after a change of each kind. */
const touched: Record<string, readonly string[]> = {
  approval: ['approvals', 'approval', 'exceptions'],
  policy: ['policy', 'approval', 'approvals'],
  inventory: ['inventory', 'approval', 'approvals'],
  model: ['approval', 'models'],
};
const everything = [...new Set(Object.values(touched).flat())];

/** Keeps what is shown of approvals, exceptions, policies and the inventory as it is on the server. */
export function useLiveGovernance(workspace: string): void {
  const queries = useQueryClient();
  useChanges((changes) => {
    const keys = changes.flatMap(({ kind, workspace: place }) => (kind === 'resync' ? everything : place === workspace ? (touched[kind] ?? []) : []));
    for (const key of new Set(keys)) {
      void queries.invalidateQueries({ queryKey: [key, workspace] });
    }
  });
}
