import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { useActions } from '@/palette/actions';
import { useRecent } from '@/palette/recents';
import { Digest } from '@/parts/Digest';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Snippet } from '@/parts/Snippet';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { EntryEditor } from './EntryEditor';
import { EntryFields } from './EntryFields';
import styles from './Governance.module.css';
import { ModelApprovals } from './ModelApprovals';
import { ModelExceptions } from './ModelExceptions';
import { useRights } from './permissions';
import { inventoryPath } from './places';
import { entryQuery, modelExceptionsQuery, type Entry } from './queries';
import { entryRoute } from './routes';
import { firstEntry } from './snippets';
import { useLiveGovernance } from './useLiveGovernance';

/** What is this model for, who answers for it, and how much hangs on it? */
export function EntryPage() {
  const { workspace, model } = entryRoute.useParams();
  const entry = useQuery(entryQuery(workspace, model));
  const exceptions = useQuery(modelExceptionsQuery(workspace, model));
  const rights = useRights(workspace);
  const [editing, edit] = useState(false);
  const none = entry.isError && asProblem(entry.error).status === 404;
  const edits = rights.writesInventory && !editing && (entry.data !== undefined || none);
  const title = none ? 'Write the entry' : 'Edit';
  useRecent(entry.data?.model, 'inventory entry', 'inventory');
  useLiveGovernance(workspace);
  useActions(edits ? [{ id: 'edit entry', title: `${none ? 'Write' : 'Edit'} the inventory entry of ${model}`, icon: 'inventory', run: () => edit(true) }] : []);

  return (
    <Page
      title={model}
      crumbs={<Go href={inventoryPath(workspace)}>Inventory</Go>}
      chips={none ? <VerdictChip verdict="unknown">no entry</VerdictChip> : entry.data && <span className={styles.tag}>tier {entry.data.tier}</span>}
      facts={
        <>
          {entry.data && <Written entry={entry.data} />}
          <Go href={`/w/${workspace}/models/${encodeURIComponent(model)}`}>the model</Go>
        </>
      }
      action={
        edits && (
          <Button size="compact-md" onClick={() => edit(true)}>
            {title}
          </Button>
        )
      }
    >
      {entry.isPending ? (
        <Skeleton lines={10} label="Reading the entry" />
      ) : editing ? (
        <EntryEditor workspace={workspace} model={model} entry={entry.data} owner={rights.name} onClose={() => edit(false)} />
      ) : (
        <div className={styles.approval}>
          <div className={styles.stack}>
            {entry.data ? (
              <EntryFields entry={entry.data} />
            ) : none ? (
              <EmptyState
                title="Nobody has written an entry for this model"
                why="Without one nobody knows what the model is for and who answers for it, and the policy lets none of its versions be used."
              >
                <Snippet label="Write the entry" tabs={firstEntry(location.origin, workspace, model)} />
              </EmptyState>
            ) : (
              <Problem title="The entry could not be read" error={entry.error} retry={() => void entry.refetch()} />
            )}
          </div>
          <div className={styles.stack}>
            <ModelApprovals workspace={workspace} model={model} />
            <ModelExceptions workspace={workspace} model={model} exceptions={exceptions} />
          </div>
        </div>
      )}
    </Page>
  );
}

function Written({ entry }: { entry: Entry }) {
  return (
    <>
      <span>
        written by <Who name={entry.changedBy} /> <When atMs={entry.changedMs} />
      </span>
      <span>
        digest <Digest value={entry.digest} />
      </span>
    </>
  );
}
