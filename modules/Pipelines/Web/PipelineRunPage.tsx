import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { Graph, type GraphNode } from '@/graph/Graph';
import { useChanges } from '@/live/useLive';
import { useActions } from '@/palette/actions';
import { useRecent } from '@/palette/recents';
import { Confirm } from '@/parts/Confirm';
import { CopyButton } from '@/parts/CopyButton';
import { Digest } from '@/parts/Digest';
import { EmptyState } from '@/parts/EmptyState';
import { counted } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { StateMark } from '@/parts/StateMark';
import { useNow } from '@/parts/useNow';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { cancelRun, fileHref, pipelineRunQuery, pipelineRunsPath, pipelinesPath, type PipelineRun } from './queries';
import { pipelineRunRoute } from './routes';
import { firstLook, isGoing, noteOf, progress, runMark, stepMark, summaryOf } from './states';
import { StepPanel } from './StepPanel';
import { Took } from './Took';

/** Where is it, what did it cost, why did it (not) reuse? */
export function PipelineRunPage() {
  const { workspace, runId } = pipelineRunRoute.useParams();
  const queries = useQueryClient();
  const run = useQuery({
    ...pipelineRunQuery(workspace, runId),
    // Hints tell of every change; this is for those that get lost.
    refetchInterval: ({ state }) => (state.data && isGoing(state.data.state) ? 5_000 : false),
  });
  useRecent(run.data?.pipeline, 'pipeline run', 'pipelines');
  useChanges((changes) => {
    if (changes.some(({ kind, id }) => kind === 'resync' || (kind === 'pipelineRun' && id === runId))) {
      void queries.invalidateQueries({ queryKey: ['pipeline-run', workspace, runId] });
    }
  }, 300);

  if (run.isPending) {
    return (
      <Page title="Pipeline run" crumbs={<Go href={pipelinesPath(workspace)}>Pipelines</Go>}>
        <Skeleton lines={10} label="Reading the pipeline run" />
      </Page>
    );
  }
  if (!run.data) {
    return (
      <Page title="Pipeline run" crumbs={<Go href={pipelinesPath(workspace)}>Pipelines</Go>}>
        {asProblem(run.error).status === 404 ? (
          <EmptyState
            title="There is no such pipeline run in this workspace"
            why={
              <>
                Nothing has the id <code>{runId}</code> here. It may be in another workspace.
              </>
            }
          />
        ) : (
          <Problem title="The pipeline run could not be read" error={run.error} retry={() => void run.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownRun workspace={workspace} run={run.data} />;
}

function ShownRun({ workspace, run }: { workspace: string; run: PipelineRun }) {
  const { step: wanted } = pipelineRunRoute.useSearch();
  const navigate = pipelineRunRoute.useNavigate();
  const session = useSession();
  const now = useNow();
  const [asking, ask] = useState(false);
  const going = isGoing(run.state);
  const stops = going && may(session, 'pipelines.runs.write', workspace);
  const choose = useCallback((step: string) => void navigate({ search: { step }, replace: true }), [navigate]);
  const chosen = run.steps.find(({ name }) => name === wanted) ?? run.steps.find(({ name }) => name === firstLook(run.steps));
  const nodes = useMemo(
    () => run.steps.map((step): GraphNode => ({ id: step.name, title: step.name, after: step.needs, mark: stepMark(step.state), note: noteOf(step, now) })),
    [run.steps, now],
  );
  useActions(stops ? [{ id: 'cancel run', title: 'Cancel this pipeline run', icon: 'stop', run: () => ask(true) }] : []);

  return (
    <Page
      title={`Run ${run.id.slice(-8)}`}
      crumbs={
        <>
          <Go href={pipelinesPath(workspace)}>Pipelines</Go> /{' '}
          <Go href={pipelineRunsPath(workspace, run.pipeline)}>
            <bdi>{run.pipeline}</bdi>
          </Go>
        </>
      }
      chips={
        <span role="status">
          <StateMark mark={runMark(run.state)} />
        </span>
      }
      facts={
        <>
          <span>{progress(summaryOf(run).stepStates, 'steps')}</span>
          <span>
            started <When atMs={run.startedMs} />
          </span>
          <span>
            {going ? 'for' : 'took'} <Took {...run} going={going} />
          </span>
          {run.byName && <Who name={run.byName} />}
          <span>
            id <code>{run.id.slice(-8)}</code>
            <CopyButton text={run.id} label="Copy the run's id" />
          </span>
          <span>
            definition <Digest value={run.definitionDigest} href={fileHref(workspace, run.definitionDigest)} />
          </span>
        </>
      }
      action={
        stops && (
          <Button size="compact-md" variant="default" onClick={() => ask(true)}>
            Cancel run
          </Button>
        )
      }
    >
      <Graph label="Steps" nodes={nodes} chosen={chosen?.name} onChoose={choose} />
      {chosen && <StepPanel workspace={workspace} runId={run.id} step={chosen} />}
      {asking && <CancelRun workspace={workspace} run={run} onClose={() => ask(false)} />}
    </Page>
  );
}

function CancelRun({ workspace, run, onClose }: { workspace: string; run: PipelineRun; onClose: () => void }) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => cancelRun(workspace, run.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['pipeline-run', workspace, run.id] });
      onClose();
    },
  });
  const running = run.steps.filter(({ state }) => state === 'running').map(({ name }) => name);
  const waiting = run.steps.filter(({ state }) => state === 'waiting').length;
  return (
    <Confirm
      title={`Cancel this run of ${run.pipeline}?`}
      verb="Cancel run"
      keep="Let it go on"
      undo="It cannot be taken back. A new run takes what is finished from this one."
      pending={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={onClose}
    >
      <p>
        {running.length > 0 ? `${running.join(', ')} is stopped` : 'No step is running'}; {counted('step', waiting)} will not begin.
      </p>
    </Confirm>
  );
}
