import { Figure } from '@/parts/Figure';
import { duration } from '@/parts/format';
import { Go } from '@/parts/Go';
import { useNow } from '@/parts/useNow';
import { runPath, type Run } from './queries';
import { RunStatus } from './RunStatus';
import styles from './Tracking.module.css';

/** A run that is going on: since when, and its figures as they come. */
export function RunningRun({ workspace, run }: { workspace: string; run: Run }) {
  const now = useNow();
  const metrics = Object.entries(run.metrics).slice(0, 4);
  return (
    <div className={styles.card}>
      <Go href={runPath(workspace, run.runId)} title={run.name}>
        <bdi>{run.name}</bdi>
      </Go>
      <span>
        <RunStatus status={run.status} /> {run.startedMs > 0 && <span className={styles.dim}>for {duration(Math.max(0, now - run.startedMs))}</span>}
      </span>
      <dl>
        {metrics.map(([key, value]) => [
          <dt key={key} title={key}>
            <bdi>{key}</bdi>
          </dt>,
          <dd key={`${key} value`}>
            <Figure value={value} />
          </dd>,
        ])}
      </dl>
    </div>
  );
}
