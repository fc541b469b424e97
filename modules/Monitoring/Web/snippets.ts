import type { SnippetTab } from '@/parts/Snippet';

const where = (workspace: string): string => (workspace === 'default' ? '' : ` --workspace ${workspace}`);

/** How another definition is put in force. */
export const setMonitor = (workspace: string, endpoint: string): SnippetTab[] => [
  { language: 'Shell', code: `./slipway monitor set ${endpoint} monitor.yaml${where(workspace)}` },
  {
    language: 'monitor.yaml',
    code: [
      'window: { predictions: 500, maximumAgeSeconds: 3600, minimum: 50 }',
      'population: { alpha: 0.05, maximumPsi: 0.25 }',
      'on:',
      '  drift: [haltRollout, requestRetraining]',
      '  envelope: [rollBack]',
    ].join('\n'),
  },
];

/** How outcomes are reported once they are known. */
export const reportLabels = (origin: string, workspace: string, endpoint: string, required: boolean): SnippetTab[] => [
  {
    language: 'curl',
    code: `curl -s '${origin}/api/v1/w/${workspace}/monitors/${encodeURIComponent(endpoint)}/labels'${
      required ? " \\\n  -H 'Authorization: Bearer YOUR_KEY'" : ''
    } \\\n  -H 'Content-Type: application/json' \\\n  -d '[{"predictionId":"PREDICTION_ID","label":1}]'`,
  },
];
