import { useSession } from '@/api/session';
import { EmptyState } from '@/parts/EmptyState';
import { Snippet } from '@/parts/Snippet';
import { firstDataset } from './firstDatasetSnippet';

/** What a dataset is, and the command that adds the first, or the first version of one. */
export function FirstDataset({ workspace, name }: { workspace: string; name?: string }) {
  const required = useSession().mode === 'required';
  return (
    <EmptyState
      title={name === undefined ? 'No dataset yet' : `${name} has no version yet`}
      why="A dataset is a file under a contract: columns with types, units and ranges. Each file that keeps the contract becomes a version that never changes, with its statistics; one that breaks it is refused with the rows that do."
    >
      <Snippet label="Add a dataset" tabs={firstDataset({ origin: location.origin, workspace, required, name })} />
    </EmptyState>
  );
}
