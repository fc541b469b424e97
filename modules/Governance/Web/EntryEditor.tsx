import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { counted } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { TextEditor } from '@/parts/TextEditor';
import { faultsOf, template, textOf } from './entryText';
import styles from './Governance.module.css';
import { approvalPage, entryQuery, writeEntry, type Entry } from './queries';

interface EntryEditorProps {
  workspace: string;
  model: string;
  /** Absent: there is none yet. */
  entry?: Entry;
  /** Who is proposed as the owner of a first entry. */
  owner: string;
  onClose: () => void;
}

/** Writes the entry of a model as YAML; faults are shown at their lines, and what the change reaches is said before. */
export function EntryEditor({ workspace, model, entry, owner, onClose }: EntryEditorProps) {
  const queries = useQueryClient();
  const [before] = useState(() => (entry ? textOf(entry) : template(owner)));
  const [opened] = useState(entry?.digest);
  const [text, write] = useState(before);
  const granted = useQuery({
    queryKey: ['approvals', workspace, 'granted', model],
    queryFn: ({ signal }) => approvalPage(workspace, 'granted', model, undefined, signal),
  });
  const put = useMutation({
    mutationFn: () => writeEntry(workspace, model, text),
    onSuccess: async (now) => {
      queries.setQueryData(entryQuery(workspace, model).queryKey, now);
      await Promise.all(['inventory', 'approvals', 'approval'].map((key) => queries.invalidateQueries({ queryKey: [key, workspace] })));
      onClose();
    },
  });
  const faults = faultsOf(put.error);
  const reached = granted.data?.items.filter(({ inForce }) => inForce) ?? [];
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        put.mutate();
      }}
    >
      {reached.length > 0 && (
        <p className={styles.reach}>
          {counted('approval', reached.length)} of {model} ({reached.map(({ version }) => `version ${version}`).join(', ')}) {reached.length === 1 ? 'is' : 'are'}{' '}
          bound to this entry: a change makes {reached.length === 1 ? 'it' : 'them'} void, and what runs by {reached.length === 1 ? 'it' : 'them'} is taken out of
          its endpoints.
        </p>
      )}
      {entry?.digest !== opened && (
        <p className={styles.reach} role="status">
          {entry?.changedBy} has changed the entry since you opened it: writing puts yours in its place.
        </p>
      )}
      <section className={styles.panel} aria-labelledby="editor">
        <div className={styles.panelHead}>
          <h2 id="editor">The entry as YAML</h2>
        </div>
        <TextEditor
          label="The entry as YAML"
          value={text}
          onChange={(next) => {
            write(next);
            put.reset();
          }}
          faults={faults}
        />
        {put.error && faults.length === 0 && <Problem title="The entry was not written" error={put.error} />}
        <div className={styles.decide}>
          <Button type="submit" size="compact-md" loading={put.isPending} disabled={text === before}>
            Write the entry
          </Button>
          <Button size="compact-md" variant="default" onClick={onClose}>
            Leave it as it was
          </Button>
        </div>
      </section>
    </form>
  );
}
