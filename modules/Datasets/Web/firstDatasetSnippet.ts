import type { SnippetTab } from '@/parts/Snippet';

interface FirstDataset {
  /** `http://127.0.0.1:8080`. */
  origin: string;
  workspace: string;
  /** Must a caller show a key? */
  required: boolean;
  name?: string;
}

/** The command that adds a version, by our own tool or by hand. */
export function firstDataset({ origin, workspace, required, name = 'sales' }: FirstDataset): SnippetTab[] {
  const where = workspace === 'default' ? '' : ` --workspace ${workspace}`;
  const header = required ? " \\\n  -H 'Authorization: Bearer YOUR_KEY'" : '';
  return [
    { language: 'Shell', code: `./slipway dataset add ${name} ${name}.csv --contract ${name}.contract.yaml${where}` },
    {
      language: 'curl',
      code: `curl -s --data-binary @${name}.csv -H 'Content-Type: text/csv'${header} \\\n  '${origin}/api/v1/w/${workspace}/datasets/${name}/versions?format=csv'`,
    },
  ];
}
