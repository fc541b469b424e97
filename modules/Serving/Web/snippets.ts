import type { SnippetTab } from '@/parts/Snippet';

/** An input of a model, as its signature names it. */
export interface Input {
  name: string;
  type: string;
}

interface Asked {
  /** `http://127.0.0.1:8080`. */
  origin: string;
  workspace: string;
  endpoint: string;
  /** What the model takes; a few are enough to see the shape. */
  inputs: readonly Input[];
  /** Must a caller show a key? */
  required: boolean;
}

/** By which the traffic is split, such as an applicant. */
const unit = 'unit_id';

const isText = ({ type }: Input): boolean => /str|text|bytes/i.test(type);
const isTruth = ({ type }: Input): boolean => /bool/i.test(type);
const sampleOf = (input: Input): string | number | boolean => (isText(input) ? 'text' : isTruth(input) ? true : 0.5);
const datatypeOf = (input: Input): string => (isText(input) ? 'BYTES' : isTruth(input) ? 'BOOL' : /int|long/i.test(input.type) ? 'INT64' : 'FP64');

/** How a program asks for predictions: Open Inference Protocol V2 and MLflow's scoring protocol, in curl and in Python. */
export function askIt({ origin, workspace, endpoint, inputs, required }: Asked): SnippetTab[] {
  const base = workspace === 'default' ? origin : `${origin}/w/${workspace}`;
  const name = encodeURIComponent(endpoint);
  const v2 = {
    inputs: [
      ...inputs.map((input) => ({ name: input.name, shape: [1], datatype: datatypeOf(input), data: [sampleOf(input)] })),
      { name: unit, shape: [1], datatype: 'BYTES', data: ['UNIT'] },
    ],
  };
  const rows = { dataframe_records: [{ ...Object.fromEntries(inputs.map((input) => [input.name, sampleOf(input)])), [unit]: 'UNIT' }] };
  const header = required ? " \\\n  -H 'Authorization: Bearer YOUR_KEY'" : '';
  const headers = required ? ', headers={"Authorization": "Bearer YOUR_KEY"}' : '';
  const curl = (path: string, body: unknown) => `curl -s '${base}${path}'${header} \\\n  -H 'Content-Type: application/json' \\\n  -d ${quoted(JSON.stringify(body))}`;
  const python = (path: string, body: unknown) =>
    ['import requests', '', `answer = requests.post("${base}${path}"${headers}, json=${pythonOf(body)})`, 'print(answer.json())'].join('\n');
  return [
    { language: 'V2 curl', code: curl(`/v2/models/${name}/infer`, v2) },
    { language: 'V2 Python', code: python(`/v2/models/${name}/infer`, v2) },
    { language: 'MLflow curl', code: curl(`/endpoints/${name}/invocations`, rows) },
    { language: 'MLflow Python', code: python(`/endpoints/${name}/invocations`, rows) },
    { language: 'Shell', code: `./slipway predict ${endpoint} rows.csv${workspace === 'default' ? '' : ` --workspace ${workspace}`}` },
  ];
}

/** A word of a POSIX shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A JSON value as Python writes it. */
function pythonOf(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonOf).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}: ${pythonOf(each)}`)
      .join(', ')}}`;
  }
  return value === null ? 'None' : JSON.stringify(value);
}

/** The commands that make an endpoint and put an approved version to work. */
export function firstEndpoint(workspace: string, endpoint = 'my-endpoint', model = 'my-model'): SnippetTab[] {
  const where = workspace === 'default' ? '' : ` --workspace ${workspace}`;
  return [
    {
      language: 'Shell',
      code: [`./slipway deploy ${endpoint} 1 --model ${model}${where}`, `./slipway deploy ${endpoint} 2 --role canary --share 0.1${where}`].join('\n'),
    },
  ];
}
