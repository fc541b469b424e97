import type { SnippetTab } from '@/parts/Snippet';

interface FirstRun {
  /** `http://127.0.0.1:8080`. */
  origin: string;
  workspace: string;
  /** Must a caller show a key? */
  required: boolean;
  /** Id of the experiment to log to; absent for the default one. */
  experiment?: string;
  experimentName?: string;
}

/** Three lines that make the first run, by MLflow's own client or by hand. */
export function firstRun({ origin, workspace, required, experiment, experimentName }: FirstRun): SnippetTab[] {
  const address = workspace === 'default' ? origin : `${origin}/w/${workspace}`;
  const named = experimentName !== undefined && experimentName !== 'Default' ? ` MLFLOW_EXPERIMENT_NAME=${shellQuoted(experimentName)}` : '';
  const key = required ? ' MLFLOW_TRACKING_TOKEN=YOUR_KEY' : '';
  const header = required ? " -H 'Authorization: Bearer YOUR_KEY'" : '';
  return [
    {
      language: 'Python',
      code: [
        'pip install mlflow',
        `export MLFLOW_TRACKING_URI=${address}${key}${named}`,
        'python -c "import mlflow; [mlflow.log_metric(\'loss\', 1 / (1 + step), step) for step in range(50)]"',
      ].join('\n'),
    },
    {
      language: 'curl',
      code: [
        `api=${address}/api/2.0/mlflow`,
        `run=$(curl -s $api/runs/create${header} --json '{"experiment_id":"${experiment ?? '0'}","run_name":"first"}' | grep -o '"run_id": *"[^"]*' | head -1 | cut -d'"' -f4)`,
        `curl -s $api/runs/log-metric${header} --json '{"run_id":"'$run'","key":"loss","value":0.5,"step":1,"timestamp":'$(date +%s000)'}'`,
      ].join('\n'),
    },
  ];
}

/** A text as one word of a POSIX shell. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
