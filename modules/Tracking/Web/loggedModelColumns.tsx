import { Figure } from '@/parts/Figure';
import { idEnd } from '@/parts/format';
import { Go } from '@/parts/Go';
import { When } from '@/parts/When';
import { fieldName, type FilterField } from '@/table/complete';
import type { Column, Shown } from '@/table/columns';
import type { LoggedModel } from './loggedModelQueries';
import { LoggedModelState } from './LoggedModelState';
import { datasetName, shownMeasure } from './measures';
import styles from './LoggedModels.module.css';
import { runPath, runsPath } from './queries';

interface Keys {
  metrics: string[];
  params: string[];
}

/** Every column that models with these keys can have. */
export function loggedModelColumns(workspace: string, keys: Keys, onOpen: (model: LoggedModel) => void): Column<LoggedModel>[] {
  return [
    {
      id: 'name',
      title: 'Name',
      width: 220,
      sortable: true,
      text: (model) => model.name,
      cell: (model) => (
        <button type="button" className={styles.open} tabIndex={-1} title={`Show ${model.name}`} onClick={() => onOpen(model)}>
          <bdi>{model.name}</bdi>
        </button>
      ),
    },
    { id: 'status', title: 'Files', width: 120, sortable: true, text: (model) => model.status, cell: (model) => <LoggedModelState status={model.status} quiet /> },
    { id: 'type', title: 'Type', width: 100, sortable: true, text: (model) => model.modelType, cell: (model) => <bdi>{model.modelType || '–'}</bdi> },
    {
      id: 'created',
      title: 'Logged',
      width: 112,
      sortable: true,
      figure: true,
      text: (model) => model.createdMs,
      cell: (model) => <When atMs={model.createdMs} focusable={false} />,
    },
    {
      id: 'run',
      title: 'Run',
      width: 110,
      sortable: true,
      text: (model) => model.sourceRunId ?? undefined,
      cell: (model) =>
        model.sourceRunId ? (
          <Go href={runPath(workspace, model.sourceRunId)} tabIndex={-1}>
            <code>{idEnd(model.sourceRunId)}</code>
          </Go>
        ) : (
          '–'
        ),
    },
    {
      id: 'experiment',
      title: 'Experiment',
      width: 96,
      text: (model) => model.experimentId,
      cell: (model) => (
        <Go href={runsPath(workspace, model.experimentId)} tabIndex={-1}>
          {model.experimentId}
        </Go>
      ),
    },
    { id: 'id', title: 'Model id', width: 270, text: (model) => model.modelId, cell: (model) => <code>{model.modelId}</code> },
    ...keys.metrics.map((key): Column<LoggedModel> => ({
      id: `metrics.${key}`,
      title: key,
      group: 'Metric',
      // Six digits with their zeros and sign: -0.00123456.
      width: Math.max(116, widthOf(key)),
      figure: true,
      sortable: true,
      text: (model) => shownMeasure(model, key)?.value,
      cell: (model) => {
        const shown = shownMeasure(model, key);
        return (
          <Figure
            inTable
            value={shown && (shown.value ?? null)}
            evidence={
              shown && {
                title: `${key} of ${model.name}`,
                atMs: shown.timeMs,
                facts: [
                  ['Value', shown.value === null || shown.value === undefined ? 'NaN, as it was logged' : String(shown.value)],
                  ['Step', String(shown.step)],
                  ['Measured on', datasetName(shown.datasetName, shown.datasetDigest) ?? 'not said'],
                  ['Meaning', 'of several runs and datasets the one with the greatest step; of several, the latest'],
                ],
                link: { href: runPath(workspace, shown.runId), text: 'The run that measured it' },
              }
            }
          />
        );
      },
    })),
    ...keys.params.map((key): Column<LoggedModel> => ({
      id: `params.${key}`,
      title: key,
      group: 'Parameter',
      width: widthOf(key),
      text: (model) => model.params[key],
      cell: (model) => <bdi title={model.params[key]}>{model.params[key] ?? '–'}</bdi>,
    })),
  ];
}

const widthOf = (title: string): number => Math.max(88, Math.min(200, 40 + title.length * 7));

/** What is shown before anybody chooses. */
export const usualModelColumns = (keys: Keys, withExperiment: boolean): Shown[] => [
  { id: 'name', pinned: true },
  { id: 'status' },
  { id: 'type' },
  { id: 'created' },
  { id: 'run' },
  ...(withExperiment ? [{ id: 'experiment' }] : []),
  ...keys.metrics.slice(0, 8).map((key) => ({ id: `metrics.${key}` })),
  ...keys.params.slice(0, 6).map((key) => ({ id: `params.${key}` })),
];

/** What a filter on logged models may name. */
export const modelFields = (keys: Keys): FilterField[] => [
  { name: 'attributes.name', kind: 'attribute' },
  { name: 'attributes.status', kind: 'attribute', values: ['PENDING', 'READY', 'UPLOAD_FAILED'] },
  { name: 'attributes.model_type', kind: 'attribute' },
  { name: 'attributes.source_run_id', kind: 'attribute' },
  { name: 'attributes.creation_timestamp', kind: 'attribute, ms', figure: true },
  ...keys.metrics.map((key): FilterField => ({ name: fieldName('metrics', key), kind: 'metric', figure: true })),
  ...keys.params.map((key): FilterField => ({ name: fieldName('params', key), kind: 'parameter' })),
];
