import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '@/parts/Dialog';
import { Problem } from '@/parts/Problem';
import styles from './Governance.module.css';
import { approvalPath } from './places';
import { ask, modelNamesQuery } from './queries';

interface AskDialogProps {
  workspace: string;
  /** The model; absent: to be chosen. */
  model?: string;
  onClose: () => void;
}

/** Asks for the approval of a version, and leads to it. */
export function AskDialog({ workspace, model: first, onClose }: AskDialogProps) {
  const queries = useQueryClient();
  const router = useRouter();
  const models = useQuery(modelNamesQuery(workspace));
  const known = models.data?.filter(({ latestVersion }) => latestVersion != null) ?? [];
  const [form, setForm] = useState<{ model?: string; version?: string; reason: string }>({ model: first, reason: '' });
  const model = form.model ?? known[0]?.name ?? '';
  const version = form.version ?? String(known.find(({ name }) => name === model)?.latestVersion ?? '');
  const put = useMutation({
    mutationFn: () => ask(workspace, { model, version: Number(version), reason: form.reason.trim() }),
    onSuccess: async (asked) => {
      await queries.invalidateQueries({ queryKey: ['approvals', workspace] });
      onClose();
      router.history.push(approvalPath(workspace, asked.id));
    },
  });
  return (
    <Dialog label="Ask for an approval" onClose={onClose} size={520}>
      {models.isSuccess && known.length === 0 ? (
        <p className={styles.plainText}>There is no model with a version to ask for.</p>
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            put.mutate();
          }}
        >
          <label className={styles.field}>
            Model
            <select value={model} onChange={(event) => setForm({ model: event.currentTarget.value, reason: form.reason })} required>
              {known.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className={styles.field}>
            Version
            <input
              type="number"
              min={1}
              step={1}
              value={version}
              onChange={(event) => setForm({ ...form, model, version: event.currentTarget.value })}
              required
            />
          </label>
          <TextInput
            label="Reason"
            description="Why it should be used; whoever signs reads it first"
            value={form.reason}
            onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
            required
            maxLength={2_000}
            autoComplete="off"
            data-autofocus
          />
          <p className={styles.reach}>
            What its reports say now is read and kept as the evidence. Approvers are shown it on their first page; you cannot sign it yourself.
          </p>
          {put.error && <Problem title="It was not asked for" error={put.error} />}
          <div className={styles.buttons}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={put.isPending}>
              Ask for the approval
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
