import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useSession } from '@/api/session';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { webhookPath } from './places';
import { useLiveWebhooks, webhooksQuery, type Webhook } from './queries';
import { webhooksRoute } from './routes';
import { hookSaid } from './states';
import { WebhookDialog } from './WebhookDialog';
import styles from './Webhooks.module.css';

/** Who hears of what happens here, and does it arrive? */
export function WebhooksPage() {
  const { workspace } = webhooksRoute.useParams();
  const hooks = useQuery(webhooksQuery(workspace));
  const manages = may(useSession(), 'webhooks.manage', workspace);
  const [adding, add] = useState(false);
  useLiveWebhooks(workspace);
  return (
    <Page
      title="Webhooks"
      action={
        manages && (
          <Button size="compact-md" onClick={() => add(true)}>
            New webhook
          </Button>
        )
      }
    >
      {hooks.isPending ? (
        <Skeleton lines={4} label="Reading webhooks" />
      ) : hooks.isError ? (
        <Problem title="The webhooks could not be read" error={hooks.error} retry={() => void hooks.refetch()} />
      ) : hooks.data.length === 0 ? (
        <EmptyState
          title="Nobody hears of what happens here"
          why="A webhook tells a program elsewhere, such as a CI system or a chat, when a version is registered, an approval is granted or voided, a rollout is halted or a run fails: signed, tried again when the receiver is down, and with a log of every delivery."
        />
      ) : (
        <section className={styles.section} aria-label="Webhooks">
          <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of webhooks">
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Webhook</th>
                  <th scope="col">State</th>
                  <th scope="col">Events</th>
                  <th scope="col">Waiting</th>
                  <th scope="col">Last attempt</th>
                  <th scope="col">Last error</th>
                </tr>
              </thead>
              <tbody>
                {hooks.data.map((hook) => (
                  <HookRow key={hook.id} workspace={workspace} hook={hook} />
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {adding && <WebhookDialog workspace={workspace} onClose={() => add(false)} />}
    </Page>
  );
}

function HookRow({ workspace, hook }: { workspace: string; hook: Webhook }) {
  const { verdict, word } = hookSaid(hook);
  return (
    <tr>
      <td>
        <span className={styles.name}>
          <Go href={webhookPath(workspace, hook.id)}>
            <bdi>{hook.name}</bdi>
          </Go>
          <small>
            <bdi>{hook.url}</bdi>
          </small>
        </span>
      </td>
      <td>
        <VerdictChip verdict={verdict}>{word}</VerdictChip>
      </td>
      <td data-label="events">{hook.events.length === 1 ? hook.events[0] : hook.events.length}</td>
      <td data-label="waiting">{hook.waiting}</td>
      <td data-label="last attempt">
        <When atMs={hook.lastAttemptMs} />
      </td>
      <td className={styles.wrap}>{hook.lastError}</td>
    </tr>
  );
}
