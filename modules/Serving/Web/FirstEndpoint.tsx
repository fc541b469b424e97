import { EmptyState } from '@/parts/EmptyState';
import { Snippet } from '@/parts/Snippet';
import { firstEndpoint } from './snippets';

/** What an endpoint is, and the commands that make the first. */
export function FirstEndpoint({ workspace, name, model }: { workspace: string; name?: string; model?: string }) {
  return (
    <EmptyState
      title={name === undefined ? 'No endpoint yet' : `Nothing is deployed under ${name}`}
      why="An endpoint is a name under which approved versions of a model answer predictions. Each answer is checked against the contract of its inputs and logged; a canary gets a share of the units; one switch stops it all."
    >
      <Snippet label="Deploy a version" tabs={firstEndpoint(workspace, name, model)} />
    </EmptyState>
  );
}
