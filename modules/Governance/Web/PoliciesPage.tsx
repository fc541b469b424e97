import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { useActions } from '@/palette/actions';
import { Digest } from '@/parts/Digest';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import styles from './Governance.module.css';
import { useRights } from './permissions';
import { policiesPath } from './places';
import { PolicyEditor } from './PolicyEditor';
import { PolicyRows } from './PolicyRows';
import { PolicySide } from './PolicySide';
import { PolicyTests } from './PolicyTests';
import { PolicyVersions } from './PolicyVersions';
import { policyQuery, policyVersionQuery } from './queries';
import { policiesRoute } from './routes';
import { TextEditor } from '@/parts/TextEditor';
import { useLiveGovernance } from './useLiveGovernance';

/** What must be true before a version may be used, and is that rule itself tested? */
export function PoliciesPage() {
  const { workspace } = policiesRoute.useParams();
  const { version } = policiesRoute.useSearch();
  const rights = useRights(workspace);
  const [editing, edit] = useState(false);
  const now = useQuery(policyQuery(workspace));
  const older = useQuery({ ...policyVersionQuery(workspace, version ?? 0), enabled: version !== undefined });
  const asked = version === undefined ? now : older;
  const policy = asked.data;
  useLiveGovernance(workspace);
  const edits = rights.writesPolicy && now.data !== undefined && version === undefined;
  useActions(edits && !editing ? [{ id: 'edit policy', title: 'Edit the policy', icon: 'policies', run: () => edit(true) }] : []);

  if (!policy) {
    return (
      <Page title="Policies">
        {asked.isPending ? (
          <Skeleton lines={14} label="Reading the policy" />
        ) : asProblem(asked.error).status === 404 ? (
          <EmptyState title={`There is no version ${version ?? ''} of the policy`} why={<Go href={policiesPath(workspace)}>The policy in force</Go>} />
        ) : (
          <Problem title="The policy could not be read" error={asked.error} retry={() => void asked.refetch()} />
        )}
      </Page>
    );
  }
  const text = policy.text ?? '';
  return (
    <Page
      title={`Policy ${policy.name}`}
      crumbs={version !== undefined && <Go href={policiesPath(workspace)}>In force</Go>}
      chips={policy.inForce ? <VerdictChip verdict="yes">in force</VerdictChip> : <VerdictChip verdict="unknown">not in force</VerdictChip>}
      facts={
        <>
          <span>{policy.version === 0 ? 'built in: nobody has set another one' : `version ${policy.version}`}</span>
          <span>
            digest <Digest value={policy.digest} />
          </span>
          {policy.createdMs != null && (
            <span>
              set <When atMs={policy.createdMs} />
            </span>
          )}
          {policy.by && <Who name={policy.by} />}
          {policy.reason && <bdi>{policy.reason}</bdi>}
        </>
      }
      action={
        edits &&
        !editing && (
          <Button size="compact-md" onClick={() => edit(true)}>
            Edit
          </Button>
        )
      }
    >
      {editing && version === undefined ? (
        <PolicyEditor workspace={workspace} policy={policy} onClose={() => edit(false)} />
      ) : (
        <>
          {policy.description && (
            <p className={styles.description}>
              <bdi>{policy.description}</bdi>
            </p>
          )}
          <div className={styles.approval}>
            <div className={styles.stack}>
              <PolicyRows rows={policy.rows} />
              <section className={styles.panel} aria-labelledby="text">
                <div className={styles.panelHead}>
                  <h2 id="text">As written</h2>
                </div>
                <TextEditor label="The policy as YAML" value={text} />
              </section>
            </div>
            <div className={styles.stack}>
              <PolicySide policy={policy} />
              {rights.checksPolicy && <PolicyTests workspace={workspace} text={text} />}
              <PolicyVersions workspace={workspace} shown={policy} />
            </div>
          </div>
        </>
      )}
    </Page>
  );
}
