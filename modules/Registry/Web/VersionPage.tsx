import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { useChanges } from '@/live/useLive';
import { useActions } from '@/palette/actions';
import { useRecent } from '@/palette/recents';
import { Digest } from '@/parts/Digest';
import { EmptyState } from '@/parts/EmptyState';
import { counted } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { SetAlias } from './AliasDialogs';
import { Card } from './Card';
import { Changes } from './Changes';
import { Digests, Provenance, Signature } from './Provenance';
import { modelPath, modelQuery, modelsPath, versionQuery, versionsQuery, type Version } from './queries';
import styles from './Registry.module.css';
import { versionRoute } from './routes';

/** What exactly is it? */
export function VersionPage() {
  const { workspace, name, version: text } = versionRoute.useParams();
  const number = Number(text);
  const queries = useQueryClient();
  const version = useQuery({ ...versionQuery(workspace, name, number), enabled: Number.isSafeInteger(number) && number > 0 });
  useRecent(version.data && `${name} version ${text}`, 'model version', 'models');
  useChanges((changes) => {
    if (changes.some((change) => change.kind === 'resync' || (change.kind.startsWith('model') && change.workspace === workspace))) {
      void queries.invalidateQueries({ queryKey: ['model', workspace, name] });
    }
  });
  const crumbs = (
    <>
      <Go href={modelsPath(workspace)}>Models</Go> /{' '}
      <Go href={modelPath(workspace, name)}>
        <bdi>{name}</bdi>
      </Go>
    </>
  );
  if (version.isPending && version.fetchStatus !== 'idle') {
    return (
      <Page title={`Version ${text}`} crumbs={crumbs}>
        <Skeleton lines={14} label="Reading the version" />
      </Page>
    );
  }
  if (!version.data) {
    return (
      <Page title={`Version ${text}`} crumbs={crumbs}>
        {!version.error || asProblem(version.error).status === 404 ? (
          <EmptyState title={`${name} has no version ${text}`} why="It may be deleted, or the model may be in another workspace." />
        ) : (
          <Problem title="The version could not be read" error={version.error} retry={() => void version.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownVersion workspace={workspace} version={version.data} crumbs={crumbs} />;
}

function ShownVersion({ workspace, version, crumbs }: { workspace: string; version: Version; crumbs: React.ReactNode }) {
  const session = useSession();
  const [asking, ask] = useState(false);
  const model = useQuery(modelQuery(workspace, version.model));
  const versions = useInfiniteQuery(versionsQuery(workspace, version.model));
  const others = (versions.data?.pages.flatMap(({ items }) => items) ?? []).map((row) => row.version);
  const sets = may(session, 'registry.aliases.write', workspace);
  useActions(sets ? [{ id: 'set alias', title: `Set an alias to version ${version.version}`, icon: 'pin', run: () => ask(true) }] : []);
  const { findings, digests } = version;

  return (
    <Page
      title={`Version ${version.version}`}
      crumbs={crumbs}
      chips={
        <>
          {version.aliases.map((alias) => (
            <bdi key={alias} className={styles.alias}>
              {alias}
            </bdi>
          ))}
          {findings.length > 0 && <VerdictChip verdict="attention">{counted('finding', findings.length)}</VerdictChip>}
        </>
      }
      facts={
        <>
          <span>
            registered <When atMs={version.createdMs} />
          </span>
          {version.by && <Who name={version.by} />}
          {version.stage !== 'none' && <span>stage {version.stage}</span>}
          <span>model {digests.model ? <Digest value={digests.model} /> : 'without a file'}</span>
        </>
      }
      action={
        sets && (
          <Button size="compact-md" onClick={() => ask(true)}>
            Set alias
          </Button>
        )
      }
    >
      <div className={styles.version}>
        <div className={styles.stack}>
          <Card version={version} />
          <Changes workspace={workspace} model={version.model} version={version.version} others={others} />
        </div>
        <div className={styles.stack}>
          <Provenance workspace={workspace} version={version} />
          <Digests digests={digests} />
          <Signature signature={version.signature} />
        </div>
      </div>
      {asking && (
        <SetAlias
          workspace={workspace}
          model={version.model}
          aliases={model.data?.aliases ?? {}}
          versions={others.includes(version.version) ? others : [version.version, ...others]}
          version={version.version}
          onClose={() => ask(false)}
        />
      )}
    </Page>
  );
}
