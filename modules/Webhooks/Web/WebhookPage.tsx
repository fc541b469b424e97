import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useSession } from '@/api/session';
import { Confirm } from '@/parts/Confirm';
import { Facts } from '@/parts/Facts';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { Deliveries } from './Deliveries';
import { webhooksPath } from './places';
import { deleteWebhook, testWebhook, useLiveWebhooks, webhookQuery, type Webhook } from './queries';
import { webhookRoute } from './routes';
import { hookSaid } from './states';
import { TestResult } from './TestResult';
import { WebhookDialog } from './WebhookDialog';
import styles from './Webhooks.module.css';

/** Does what happens arrive at this receiver? */
export function WebhookPage() {
  const { workspace, id } = webhookRoute.useParams();
  const hook = useQuery(webhookQuery(workspace, id));
  useLiveWebhooks(workspace);
  const crumbs = <Go href={webhooksPath(workspace)}>Webhooks</Go>;
  if (hook.isPending) {
    return (
      <Page title="Webhook" crumbs={crumbs}>
        <Skeleton lines={8} label="Reading the webhook" />
      </Page>
    );
  }
  if (hook.isError) {
    return (
      <Page title="Webhook" crumbs={crumbs}>
        <Problem title="The webhook could not be read" error={hook.error} retry={() => void hook.refetch()} />
      </Page>
    );
  }
  return <Shown workspace={workspace} hook={hook.data} />;
}

function Shown({ workspace, hook }: { workspace: string; hook: Webhook }) {
  const manages = may(useSession(), 'webhooks.manage', workspace);
  const [asking, ask] = useState<'change' | 'delete'>();
  const said = hookSaid(hook);
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => testWebhook(workspace, hook.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhook', workspace, hook.id] }),
  });
  return (
    <Page
      title={hook.name}
      crumbs={<Go href={webhooksPath(workspace)}>Webhooks</Go>}
      chips={<VerdictChip verdict={said.verdict}>{said.word}</VerdictChip>}
      action={
        manages && (
          <Button size="compact-md" loading={test.isPending} onClick={() => test.mutate()}>
            Send a test
          </Button>
        )
      }
      toolbar={
        manages && (
          <>
            <Button variant="default" size="compact-sm" onClick={() => ask('change')}>
              Change
            </Button>
            <Button variant="subtle" color="red" size="compact-sm" onClick={() => ask('delete')}>
              Delete
            </Button>
          </>
        )
      }
    >
      <div className={styles.stack}>
        {test.error && <Problem title="The test was not sent" error={test.error} />}
        {test.data && <TestResult delivery={test.data} />}
        <section className={styles.section} aria-label="The webhook">
          <div className={styles.body}>
            <Facts
              rows={[
                ['Address', <bdi key="url">{hook.url}</bdi>],
                ['Signed', hook.hasSecret ? 'yes, with the secret' : 'no, it has no secret'],
                ...(hook.description ? [['Description', <bdi key="text">{hook.description}</bdi>] as const] : []),
                [
                  'Events',
                  <ul key="events" className={styles.events}>
                    {hook.events.map((name) => (
                      <li key={name}>{name}</li>
                    ))}
                  </ul>,
                ],
                ['Waiting', `${hook.waiting}`],
                ['Last attempt', <When key="last" atMs={hook.lastAttemptMs} />],
                ...(hook.failingSinceMs != null
                  ? ([
                      ['Failing since', <When key="since" atMs={hook.failingSinceMs} />],
                      ['Last error', <bdi key="error">{hook.lastError}</bdi>],
                    ] as const)
                  : []),
                ['Made by', <Who key="by" name={hook.by} />],
                ['Made', <When key="made" atMs={hook.createdMs} />],
              ]}
            />
          </div>
        </section>
        <Deliveries workspace={workspace} hook={hook} manages={manages} />
      </div>
      {asking === 'change' && <WebhookDialog workspace={workspace} hook={hook} onClose={() => ask(undefined)} />}
      {asking === 'delete' && <Leave workspace={workspace} hook={hook} onClose={() => ask(undefined)} />}
    </Page>
  );
}

function Leave({ workspace, hook, onClose }: { workspace: string; hook: Webhook; onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = webhookRoute.useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteWebhook(workspace, hook.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['webhooks', workspace] });
      await navigate({ to: '/w/$workspace/webhooks', params: { workspace } });
    },
  });
  return (
    <Confirm
      title={`Delete ${hook.name}?`}
      verb="Delete"
      undo="This cannot be taken back."
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <bdi>{hook.url}</bdi> hears nothing any more; {hook.waiting === 0 ? 'nothing waits for it.' : `${hook.waiting} deliveries that wait are not sent.`} The log of its deliveries goes with it.
    </Confirm>
  );
}
