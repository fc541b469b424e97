import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/parts/Dialog';
import { Problem } from '@/parts/Problem';
import { dayAfter, endOfDay } from './days';
import styles from './Governance.module.css';
import { approvalQuery, grantException, type Approval } from './queries';
import { canBeWaived, sentenceOf } from './verdicts';

interface ExceptionDialogProps {
  workspace: string;
  approval: Approval;
  /** The row to waive; absent: the first that can be. */
  requirement?: string;
  /** What the approval looks like with it: the change is the reader's own. */
  onGranted: (approval: Approval) => void;
  onClose: () => void;
}

/** Waives a requirement for a while: which, why and until when. */
export function ExceptionDialog({ workspace, approval, requirement, onGranted, onClose }: ExceptionDialogProps) {
  const queries = useQueryClient();
  const rows = approval.rows.filter(canBeWaived);
  const [form, setForm] = useState({ requirement: requirement ?? rows[0]?.requirement ?? '', reason: '', until: dayAfter(Date.now(), 90), every: false });
  const { model, version } = approval;
  const row = rows.find((each) => each.requirement === form.requirement);
  const grant = useMutation({
    mutationFn: () =>
      grantException(workspace, {
        model,
        requirement: form.requirement,
        reason: form.reason.trim(),
        expiresMs: endOfDay(form.until),
        ...(form.every ? {} : { version }),
      }),
    onSuccess: async () => {
      await Promise.all(['approvals', 'exceptions'].map((key) => queries.invalidateQueries({ queryKey: [key, workspace] })));
      onGranted(await queries.fetchQuery({ ...approvalQuery(workspace, approval.id), staleTime: 0 }));
      onClose();
    },
  });
  return (
    <Dialog label="Grant an exception" onClose={onClose} size={520}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          grant.mutate();
        }}
      >
        <label className={styles.field}>
          Requirement
          <select value={form.requirement} onChange={(event) => setForm({ ...form, requirement: event.currentTarget.value })} required>
            {rows.map((each) => (
              <option key={each.requirement} value={each.requirement}>
                {each.requirement}
              </option>
            ))}
          </select>
          {row && <small>{sentenceOf(row)}</small>}
        </label>
        <TextInput
          label="Reason"
          description="Why it is right for now; it stands in the record with your name"
          value={form.reason}
          onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
          required
          maxLength={2_000}
          autoComplete="off"
          data-autofocus
        />
        <label className={styles.field}>
          Ends at the end of
          <input
            type="date"
            value={form.until}
            min={dayAfter(Date.now(), 1)}
            max={dayAfter(Date.now(), 365)}
            onChange={(event) => setForm({ ...form, until: event.currentTarget.value })}
            required
          />
        </label>
        <label className={styles.field}>
          For
          <select value={form.every ? 'every' : 'one'} onChange={(event) => setForm({ ...form, every: event.currentTarget.value === 'every' })}>
            <option value="one">version {version} alone</option>
            <option value="every">every version of {model}</option>
          </select>
        </label>
        <p className={styles.reach}>
          Until then {form.every ? `every version of ${model}` : `version ${version}`} may be approved although <bdi>{form.requirement}</bdi> is not met. Whatever is
          approved with it ends with it; it can be withdrawn at any time.
        </p>
        {grant.error && <Problem title="The exception was not granted" error={grant.error} />}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={grant.isPending}>
            Grant the exception
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
