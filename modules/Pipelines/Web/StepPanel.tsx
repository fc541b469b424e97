import type { ReactNode } from 'react';
import { Digest } from '@/parts/Digest';
import { Facts } from '@/parts/Facts';
import { exact } from '@/parts/format';
import { Go } from '@/parts/Go';
import { StateMark } from '@/parts/StateMark';
import styles from './Pipelines.module.css';
import { placeOf } from './places';
import { fileHref, pipelineRunPath, type Step, type StepValue } from './queries';
import { stepMark } from './states';
import { StepLog } from './StepLog';
import { Took } from './Took';

interface StepPanelProps {
  workspace: string;
  runId: string;
  step: Step;
}

/** One step: its result, why it was done or not, what went in and came out, and its log. */
export function StepPanel({ workspace, runId, step }: StepPanelProps) {
  const summary = Object.entries(step.summary);
  const rows: [string, ReactNode][] = [
    ['Does', <code key="uses">{step.uses}</code>],
    ['Took', <Took key="took" {...step} going={step.state === 'running'} />],
    ...(step.startedMs ? [['Began', exact(step.startedMs)] as [string, ReactNode]] : []),
    ...(step.attempts > 1 ? [['Attempts', String(step.attempts)] as [string, ReactNode]] : []),
    ...summary.map(([label, text]): [string, ReactNode] => [label, <bdi key={label}>{text}</bdi>]),
  ];
  return (
    <div className={styles.step}>
      <section className={styles.panel} aria-labelledby="step">
        <div className={styles.panelHead}>
          <h2 id="step">
            <bdi>{step.name}</bdi>
          </h2>
          <StateMark mark={stepMark(step.state)} />
        </div>
        {step.problem && (
          <div className={styles.fault} role={step.state === 'failed' ? 'alert' : undefined}>
            <strong>{step.state === 'failed' ? 'It failed' : 'The attempt before failed'}</strong>
            <p>{step.problem.detail}</p>
            <small>
              <code>{step.problem.code}</code>
            </small>
          </div>
        )}
        {step.reuse && (
          <p className={styles.reuse} data-reused={step.reuse.reused || undefined}>
            <strong>{step.reuse.reused ? 'Reused' : 'Done anew'}</strong>
            <span>{step.reuse.reason}</span>
            {step.reuse.fromRunId && (
              <Go href={`${pipelineRunPath(workspace, step.reuse.fromRunId)}?step=${encodeURIComponent(step.name)}`}>
                {step.reuse.reused ? 'The run that made it' : 'The run it was compared with'}
              </Go>
            )}
          </p>
        )}
        <div className={styles.facts}>
          <Facts rows={rows} />
        </div>
        <Values title="Took in" none="Nothing: it begins the pipeline, or has not begun." workspace={workspace} values={step.inputs} />
        <Values title="Gave out" none="Nothing yet." workspace={workspace} values={step.outputs} />
      </section>
      <StepLog workspace={workspace} runId={runId} step={step} />
    </div>
  );
}

function Values({ title, none, workspace, values }: { title: string; none: string; workspace: string; values: Record<string, StepValue> }) {
  const rows = Object.entries(values);
  return (
    <>
      <h3 className={styles.subhead}>{title}</h3>
      {rows.length === 0 ? (
        <p className={styles.quiet}>{none}</p>
      ) : (
        <ul className={styles.values} aria-label={title}>
          {rows.map(([name, value]) => {
            const place = placeOf(workspace, value);
            return (
              <li key={name}>
                <span>
                  <bdi>{name}</bdi> <small>{value.type}</small>
                </span>
                {place ? <Go href={place.href}>{place.text}</Go> : <bdi>{value.name ?? ''}</bdi>}
                <Digest value={value.digest} href={fileHref(workspace, value.digest)} />
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
