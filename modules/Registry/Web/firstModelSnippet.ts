import type { SnippetTab } from '@/parts/Snippet';

/** How a first version is registered: by a pipeline's last step, or by MLflow's own client. */
export function firstModel(origin: string, workspace: string): SnippetTab[] {
  const address = workspace === 'default' ? origin : `${origin}/w/${workspace}`;
  return [
    {
      language: 'pipeline.yaml',
      code: 'register: { uses: register, in: { model: train.model, evaluation: evaluate.evaluation, data: split.train }, with: { name: my-model } }',
    },
    {
      language: 'Python',
      code: [`export MLFLOW_TRACKING_URI=${address}`, "python -c \"import mlflow; mlflow.register_model('runs:/RUN_ID/model', 'my-model')\""].join('\n'),
    },
  ];
}
