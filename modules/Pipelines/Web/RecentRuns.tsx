import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useChanges } from '@/live/useLive';
import { Go } from '@/parts/Go';
import { StateMark } from '@/parts/StateMark';
import { When } from '@/parts/When';
import styles from './Pipelines.module.css';
import { pipelineRunPath, pipelineRunsPath, recentRunsQuery } from './queries';
import { isGoing, progress, runMark } from './states';
import { Took } from './Took';

/** The newest pipeline runs, for the home page; nothing at all where there are none. */
export default function RecentRuns({ workspace }: { workspace: string }) {
  const queries = useQueryClient();
  const recent = useQuery(recentRunsQuery(workspace));
  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place }) => kind === 'resync' || (kind === 'pipelineRun' && place === workspace))) {
      void queries.invalidateQueries({ queryKey: ['recent pipeline-runs', workspace] });
    }
  }, 1_000);
  const runs = recent.data?.items ?? [];
  if (runs.length === 0) {
    return null;
  }
  return (
    <section className={styles.panel} aria-labelledby="pipeline-runs">
      <div className={styles.panelHead}>
        <h2 id="pipeline-runs">Pipeline runs</h2>
        <Go href={pipelineRunsPath(workspace)} className={styles.end}>
          all
        </Go>
      </div>
      <ul className={styles.recent}>
        {runs.map((run) => (
          <li key={run.id}>
            <StateMark mark={runMark(run.state)} />
            <Go href={pipelineRunPath(workspace, run.id)}>
              <bdi>{run.pipeline}</bdi>
            </Go>
            <span>{progress(run.stepStates, 'steps')}</span>
            <span>
              <Took {...run} going={isGoing(run.state)} />
            </span>
            <span className={styles.end}>
              <When atMs={run.startedMs} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
