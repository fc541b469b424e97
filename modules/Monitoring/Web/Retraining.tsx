import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useSession } from '@/api/session';
import { Confirm } from '@/parts/Confirm';
import { exact } from '@/parts/format';
import { Go } from '@/parts/Go';
import { StateMark, type Mark } from '@/parts/StateMark';
import { When } from '@/parts/When';
import styles from './Monitoring.module.css';
import { pipelinePath, pipelineRunPath } from './places';
import { dismissRetraining, pipelineRunsQuery, retrainingQuery, startRetraining, type Retraining as Request } from './queries';

const marks: Record<string, Mark> = {
  open: { tone: 'attention', sign: '!', word: 'asked for' },
  started: { tone: 'yes', sign: '✓', word: 'answered' },
  dismissed: { tone: 'quiet', sign: '–', word: 'dismissed' },
};

/** Requests for a new version; a person names the run that answers one, or dismisses it. */
export function Retraining({ workspace, endpoint }: { workspace: string; endpoint: string }) {
  const session = useSession();
  const requests = useQuery(retrainingQuery(workspace));
  const [asked, ask] = useState<{ what: 'start' | 'dismiss'; request: Request }>();
  const mine = (requests.data?.items ?? []).filter((request) => request.endpoint === endpoint).slice(0, 6);
  const answers = may(session, 'monitoring.retraining.write', workspace);
  if (mine.length === 0) {
    return null;
  }
  return (
    <section className={styles.panel} aria-labelledby="retraining" data-needs={mine.some(({ state }) => state === 'open') || undefined}>
      <div className={styles.panelHead}>
        <h2 id="retraining">Retraining</h2>
      </div>
      <ul className={styles.alerts} aria-label="Requests for retraining">
        {mine.map((request) => (
          <li key={request.id} data-state={request.state}>
            <p className={styles.alertHead}>
              <StateMark mark={marks[request.state] ?? { tone: 'quiet', sign: '?', word: request.state }} />
              <span className={styles.dim}>
                <When atMs={request.requestedMs} />
              </span>
              {answers && request.state === 'open' && (
                <span className={styles.end}>
                  <button type="button" className={styles.link} onClick={() => ask({ what: 'start', request })}>
                    Name the run…
                  </button>
                  <button type="button" className={styles.link} onClick={() => ask({ what: 'dismiss', request })}>
                    Dismiss…
                  </button>
                </span>
              )}
            </p>
            <p>
              <bdi>{request.reason}</bdi>
            </p>
            <p className={styles.dim}>
              {request.pipeline ? (
                <>
                  made by <Go href={pipelinePath(workspace, request.pipeline)}>{request.pipeline}</Go>
                </>
              ) : (
                'no pipeline is known that made the version'
              )}
              {request.pipelineRunId && (
                <>
                  , answered by <Go href={pipelineRunPath(workspace, request.pipelineRunId)}>this run</Go>
                </>
              )}
              {request.endedBy && `, ${request.endedBy}`}
              {request.note && `: ${request.note}`}
            </p>
          </li>
        ))}
      </ul>
      {asked && <Answer key={asked.request.id} workspace={workspace} {...asked} onClose={() => ask(undefined)} />}
    </section>
  );
}

function Answer({ workspace, what, request, onClose }: { workspace: string; what: 'start' | 'dismiss'; request: Request; onClose: () => void }) {
  const queries = useQueryClient();
  const runs = useQuery({ ...pipelineRunsQuery(workspace, request.pipeline ?? undefined), enabled: what === 'start' });
  const items = runs.data?.items ?? [];
  const [chosen, choose] = useState<string>();
  const run = chosen ?? items[0]?.id;
  const answering = useMutation({
    mutationFn: (reason: string) => (what === 'start' ? startRetraining(workspace, request.id, run ?? '', reason) : dismissRetraining(workspace, request.id, reason)),
    onSuccess: async () => {
      await Promise.all([queries.invalidateQueries({ queryKey: ['retraining', workspace] }), queries.invalidateQueries({ queryKey: ['needs', workspace] })]);
      onClose();
    },
  });
  const shared = { needsReason: true, pending: answering.isPending, error: answering.error, onClose };
  if (what === 'dismiss') {
    return (
      <Confirm {...shared} title="Dismiss the request?" verb="Dismiss" keep="Leave it open" undo="The next alert asks again." onConfirm={answering.mutate}>
        <p>No new version of {request.model} is made for it.</p>
      </Confirm>
    );
  }
  return (
    <Confirm
      {...shared}
      title={`Which run answers the request for ${request.model}?`}
      verb="Name the run"
      undo="It cannot be taken back; the version that the run makes is approved like any other before it answers anybody."
      onConfirm={(reason) => run !== undefined && answering.mutate(reason)}
    >
      <label className={styles.field}>
        Pipeline run
        <select value={run ?? ''} onChange={(event) => choose(event.currentTarget.value)} required>
          {items.map((each) => (
            <option key={each.id} value={each.id}>
              {each.pipeline}, {exact(each.startedMs).slice(0, 16)}, {each.state}
            </option>
          ))}
        </select>
      </label>
      {items.length === 0 && !runs.isPending && <p className={styles.quiet}>No run is there yet; start one first.</p>}
    </Confirm>
  );
}
