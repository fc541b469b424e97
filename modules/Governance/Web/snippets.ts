import type { SnippetTab } from '@/parts/Snippet';

const native = (origin: string, workspace: string, path: string): string => `${origin}/api/v1/w/${workspace}/${path}`;

/** How an approval is asked for. */
export function askForApproval(origin: string, workspace: string): SnippetTab[] {
  return [
    { language: 'CLI', code: './slipway request my-model 1 --reason "Ready for the new season"' },
    {
      language: 'curl',
      code: [
        `curl ${native(origin, workspace, 'approvals')} \\`,
        '  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\',
        `  -d '{"model": "my-model", "version": 1, "reason": "Ready for the new season"}'`,
      ].join('\n'),
    },
  ];
}

/** How the first entry of a model is written. */
export function firstEntry(origin: string, workspace: string, model = 'my-model'): SnippetTab[] {
  return [
    {
      language: 'entry.yaml',
      code: [
        'purpose: Says how likely a borrower is late',
        'useCase: Decides which applications a person looks at first',
        'owner: ada',
        'approvedUses: [Ordering the queue of applications]',
        'factors:',
        '  exposure: { score: 3, reason: "2,000 applications a month" }',
        '  purpose: { score: 4, reason: It touches who gets a loan }',
      ].join('\n'),
    },
    { language: 'CLI', code: `./slipway inventory set ${model} entry.yaml` },
    {
      language: 'curl',
      code: [
        `jq -Rs '{text: .}' entry.yaml | curl -X PUT ${native(origin, workspace, `inventory/${model}/text`)} \\`,
        '  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d @-',
      ].join('\n'),
    },
  ];
}
