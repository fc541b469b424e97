import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/parts/Dialog';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { createWebhook, eventsQuery, updateWebhook, type Webhook, type WebhookForm } from './queries';
import { grouped } from './states';
import styles from './Webhooks.module.css';

interface WebhookDialogProps {
  workspace: string;
  /** The one to change; absent: a new one. */
  hook?: Webhook;
  onClose: () => void;
}

/** Where to send, and what. */
export function WebhookDialog({ workspace, hook, onClose }: WebhookDialogProps) {
  const queries = useQueryClient();
  const events = useQuery(eventsQuery(workspace));
  const [form, setForm] = useState<WebhookForm>({
    name: hook?.name ?? '',
    url: hook?.url ?? '',
    description: hook?.description ?? '',
    secret: '',
    events: hook?.events ?? [],
    active: hook?.active ?? true,
  });
  const save = useMutation({
    mutationFn: () => (hook ? updateWebhook(workspace, hook.id, form) : createWebhook(workspace, form)),
    onSuccess: async () => {
      await Promise.all(['webhooks', 'webhook'].map((key) => queries.invalidateQueries({ queryKey: [key, workspace] })));
      onClose();
    },
  });
  const tick = (name: string, on: boolean) => setForm({ ...form, events: on ? [...form.events, name] : form.events.filter((each) => each !== name) });
  return (
    <Dialog label={hook ? `Change ${hook.name}` : 'New webhook'} onClose={onClose} size={560}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Name"
          description="Letters, digits and . _ - inside, such as ci-on-new-version"
          value={form.name}
          onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          required
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <TextInput
          label="Address"
          description="https on a public host; a receiver on your own network needs the server's setting outbound: allow"
          type="url"
          placeholder="https://ci.example.org/hooks/models"
          value={form.url}
          onChange={(event) => setForm({ ...form, url: event.currentTarget.value })}
          required
          maxLength={2_048}
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordInput
          label="Secret"
          description={hook?.hasSecret ? 'Empty: the one that is there stays' : 'The receiver proves by it that a delivery is ours; empty: deliveries are not signed'}
          value={form.secret}
          onChange={(event) => setForm({ ...form, secret: event.currentTarget.value })}
          maxLength={1_000}
          autoComplete="new-password"
        />
        <TextInput label="Description" value={form.description} onChange={(event) => setForm({ ...form, description: event.currentTarget.value })} maxLength={5_000} autoComplete="off" />
        {events.isPending ? (
          <Skeleton lines={6} label="Reading events" />
        ) : events.isError ? (
          <Problem title="The events could not be read" error={events.error} retry={() => void events.refetch()} />
        ) : (
          grouped(events.data).map(({ group, events: mine }) => (
            <fieldset key={group}>
              <legend>{group}</legend>
              {mine.map(({ name, meaning, sent }) => (
                <label key={name} className={styles.tick}>
                  <input type="checkbox" checked={form.events.includes(name)} onChange={(event) => tick(name, event.currentTarget.checked)} />
                  <span>{name}</span>
                  <small>
                    {meaning}
                    {!sent && ' Nothing tells it in this version.'}
                  </small>
                </label>
              ))}
            </fieldset>
          ))
        )}
        <label className={styles.tick}>
          <input type="checkbox" checked={form.active} onChange={(event) => setForm({ ...form, active: event.currentTarget.checked })} />
          <span>Active</span>
          <small>What happens while it is not active is not sent, also not later.</small>
        </label>
        {save.error && <Problem title="The webhook was not saved" error={save.error} />}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={form.events.length === 0}>
            {hook ? 'Save' : 'Make the webhook'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
