import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { useChanges } from '@/live/useLive';
import { useActions } from '@/palette/actions';
import { useRecent } from '@/palette/recents';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Snippet } from '@/parts/Snippet';
import { StateMark } from '@/parts/StateMark';
import { useNow } from '@/parts/useNow';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { choices, verbs, type Choice } from './acts';
import { Answers } from './Answers';
import { EndpointDialog } from './Dialogs';
import { FirstEndpoint } from './FirstEndpoint';
import { modelPath, monitorPath } from './places';
import { Predictions } from './Predictions';
import { endpointQuery, endpointsPath, signatureQuery, type Endpoint } from './queries';
import { Refusals } from './Refusals';
import { Replicas } from './Replicas';
import { endpointRoute } from './routes';
import styles from './Serving.module.css';
import { askIt } from './snippets';
import { healthOf, observed, ofRole, rolloutMark } from './states';
import { Stopped } from './Stopped';
import { Traffic } from './Traffic';
import { useRates } from './useRates';

/** Is it healthy, what does it run, can I stop it? */
export function EndpointPage() {
  const { workspace, name } = endpointRoute.useParams();
  const queries = useQueryClient();
  const endpoint = useQuery({ ...endpointQuery(workspace, name), refetchInterval: 5_000 });
  useRecent(endpoint.data?.name, 'endpoint', 'endpoints');
  useChanges((changes) => {
    if (changes.some(({ kind, workspace: place, id }) => kind === 'resync' || (kind === 'endpoint' && place === workspace && id === name))) {
      void queries.invalidateQueries({ queryKey: ['endpoint', workspace, name] });
    }
  }, 300);
  const crumbs = <Go href={endpointsPath(workspace)}>Endpoints</Go>;

  if (endpoint.isPending) {
    return (
      <Page title={name} crumbs={crumbs}>
        <Skeleton lines={10} label="Reading the endpoint" />
      </Page>
    );
  }
  if (!endpoint.data) {
    return (
      <Page title={name} crumbs={crumbs}>
        {asProblem(endpoint.error).status === 404 ? (
          <EmptyState
            title="There is no such endpoint in this workspace"
            why={`Nothing answers under the name ${name} here. It may be in another workspace, or deleted.`}
          />
        ) : (
          <Problem title="The endpoint could not be read" error={endpoint.error} retry={() => void endpoint.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownEndpoint workspace={workspace} endpoint={endpoint.data} readMs={endpoint.dataUpdatedAt} />;
}

function ShownEndpoint({ workspace, endpoint, readMs }: { workspace: string; endpoint: Endpoint; readMs: number }) {
  const session = useSession();
  const now = useNow();
  const [chosen, choose] = useState<Choice>();
  const rate = useRates([endpoint], readMs).get(endpoint.name);
  const rights = { write: may(session, 'serving.endpoints.write', workspace), stop: may(session, 'serving.endpoints.stop', workspace) };
  const offered = choices(endpoint, rights);
  const main = offered.find((choice) => choice === 'release') ?? offered.find((choice) => choice === 'stop');
  const health = healthOf(endpoint);
  const loaded = observed(endpoint.deployments, now);
  useActions(offered.map((choice) => ({ id: choice, title: `${verbs[choice].replace('…', '')}: ${endpoint.name}`, icon: choice === 'stop' ? 'stop' : 'endpoints', run: () => choose(choice) })));

  return (
    <Page
      title={endpoint.name}
      crumbs={<Go href={endpointsPath(workspace)}>Endpoints</Go>}
      chips={
        <span role="status" className={styles.chips}>
          <VerdictChip verdict={health.verdict}>{health.word}</VerdictChip>
          {endpoint.rollout !== 'halted' && <StateMark mark={rolloutMark(endpoint.rollout)} />}
        </span>
      }
      facts={
        <>
          <span>
            serves{' '}
            <Go href={modelPath(workspace, endpoint.model)}>
              <bdi>{endpoint.model}</bdi>
            </Go>
          </span>
          <Who name={endpoint.by} />
          <span>
            since <When atMs={endpoint.createdMs} />
          </span>
          <span>
            changed <When atMs={endpoint.changedMs} />
          </span>
          <Go href={monitorPath(workspace, endpoint.name)}>its monitor</Go>
        </>
      }
      action={
        main && (
          <Button size="compact-md" color={main === 'stop' ? 'red.9' : undefined} onClick={() => choose(main)}>
            {main === 'stop' ? 'Stop' : 'Release'}
          </Button>
        )
      }
    >
      <Stopped endpoint={endpoint} />
      {endpoint.deployments.length === 0 && <FirstEndpoint workspace={workspace} name={endpoint.name} model={endpoint.model} />}
      <div className={styles.endpoint}>
        <div className={styles.stack}>
          <section className={styles.panel} aria-labelledby="traffic">
            <div className={styles.panelHead}>
              <h2 id="traffic">Traffic</h2>
              <span className={styles.acts} data-no-print>
                {offered
                  .filter((choice) => choice !== main)
                  .map((choice) => (
                    <button key={choice} type="button" className={styles.link} onClick={() => choose(choice)}>
                      {verbs[choice]}
                    </button>
                  ))}
              </span>
            </div>
            <Traffic workspace={workspace} endpoint={endpoint} />
          </section>
          <section className={styles.panel} aria-labelledby="replicas">
            <div className={styles.panelHead}>
              <h2 id="replicas">Observed = approved?</h2>
              <VerdictChip verdict={loaded.verdict}>{loaded.word}</VerdictChip>
            </div>
            <Replicas deployments={endpoint.deployments} />
          </section>
          <Refusals workspace={workspace} name={endpoint.name} />
          <Predictions workspace={workspace} name={endpoint.name} />
        </div>
        <div className={styles.stack}>
          <section className={styles.panel} aria-labelledby="answers">
            <div className={styles.panelHead}>
              <h2 id="answers">Answers</h2>
              <span>since the processes started</span>
            </div>
            <Answers workspace={workspace} endpoint={endpoint} rate={rate} readMs={readMs} />
          </section>
          <AskIt workspace={workspace} endpoint={endpoint} />
        </div>
      </div>
      {chosen && <EndpointDialog choice={chosen} workspace={workspace} endpoint={endpoint} rate={rate} onClose={() => choose(undefined)} />}
    </Page>
  );
}

/** How a program asks for predictions, with the inputs of the champion. */
function AskIt({ workspace, endpoint }: { workspace: string; endpoint: Endpoint }) {
  const { mode } = useSession();
  const [champion] = ofRole(endpoint.deployments, 'champion');
  const version = useQuery({ ...signatureQuery(workspace, endpoint.model, champion?.version ?? 0), enabled: champion !== undefined, staleTime: 300_000 });
  const inputs = version.data?.signature?.inputs;
  if (!inputs) {
    return null;
  }
  return (
    <section className={styles.panel} aria-labelledby="ask">
      <div className={styles.panelHead}>
        <h2 id="ask">Ask it</h2>
      </div>
      <div className={styles.snippet}>
        <Snippet
          label="How a program asks"
          tabs={askIt({ origin: location.origin, workspace, endpoint: endpoint.name, inputs: inputs.map(({ name, type }) => ({ name, type })), required: mode === 'required' })}
        />
      </div>
    </section>
  );
}
