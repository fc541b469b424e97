import { EmptyState } from '@/parts/EmptyState';
import { Snippet } from '@/parts/Snippet';

/** What a pipeline is, and the command that runs the first. */
export function FirstPipeline({ workspace, pipeline }: { workspace: string; pipeline?: string }) {
  const where = workspace === 'default' ? '' : ` --workspace ${workspace}`;
  const definition = [
    'pipeline: first',
    'steps:',
    '  ingest: { uses: ingest, with: { dataset: sales, file: sales.csv } }',
    '  split:  { uses: split, in: { data: ingest.data }, with: { share: 0.7, seed: 17 } }',
  ];
  return (
    <EmptyState
      title={pipeline === undefined ? 'No pipeline has run yet' : `${pipeline} has not run in this workspace`}
      why="A pipeline is a YAML file beside your code: steps with typed inputs and outputs. Each run is kept with its log, what went in and what came out; a step whose inputs have not changed is not done again."
    >
      <Snippet
        label="Run a pipeline"
        tabs={[
          { language: 'Shell', code: `./slipway pipeline run pipeline.yaml --watch${where}` },
          { language: 'pipeline.yaml', code: definition.join('\n') },
        ]}
      />
    </EmptyState>
  );
}
