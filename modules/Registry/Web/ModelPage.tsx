import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { useChanges } from '@/live/useLive';
import { useActions } from '@/palette/actions';
import { useRecent } from '@/palette/recents';
import { EmptyState } from '@/parts/EmptyState';
import { Figure } from '@/parts/Figure';
import { counted } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { When } from '@/parts/When';
import { Who } from '@/parts/Who';
import { Panels } from '@/shell/Panels';
import { RemoveAlias, SetAlias } from './AliasDialogs';
import { modelQuery, modelsPath, versionPath, versionQuery, versionsQuery, type Model } from './queries';
import styles from './Registry.module.css';
import { modelRoute } from './routes';
import { VersionTable } from './VersionTable';

/** Where a figure was measured, in words. */
const origins: Record<string, string> = { evaluation: 'the evaluation of this version', model: 'the last point that was logged of this model', run: 'the last point of its run' };

/** What is kept under this name, what do its aliases stand for, and how good is the newest? */
export function ModelPage() {
  const { workspace, name } = modelRoute.useParams();
  const queries = useQueryClient();
  const model = useQuery(modelQuery(workspace, name));
  useRecent(model.data?.name, 'model', 'models');
  useChanges((changes) => {
    if (changes.some((change) => change.kind === 'resync' || (change.kind.startsWith('model') && change.workspace === workspace))) {
      void queries.invalidateQueries({ queryKey: ['model', workspace, name] });
    }
  });
  const crumbs = <Go href={modelsPath(workspace)}>Models</Go>;

  if (model.isPending) {
    return (
      <Page title={name} crumbs={crumbs}>
        <Skeleton lines={10} label="Reading the model" />
      </Page>
    );
  }
  if (!model.data) {
    return (
      <Page title={name} crumbs={crumbs}>
        {asProblem(model.error).status === 404 ? (
          <EmptyState
            title="There is no such model in this workspace"
            why={`Nothing is registered as ${name} here. It may be in another workspace, or deleted.`}
          />
        ) : (
          <Problem title="The model could not be read" error={model.error} retry={() => void model.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownModel workspace={workspace} model={model.data} />;
}

type Asked = { kind: 'set'; alias?: string } | { kind: 'remove'; alias: string };

function ShownModel({ workspace, model }: { workspace: string; model: Model }) {
  const session = useSession();
  const [asked, ask] = useState<Asked>();
  const versions = useInfiniteQuery(versionsQuery(workspace, model.name));
  const rows = versions.data?.pages.flatMap(({ items }) => items) ?? [];
  const sets = may(session, 'registry.aliases.write', workspace) && rows.length > 0;
  useActions(sets ? [{ id: 'set alias', title: `Set an alias of ${model.name}`, icon: 'pin', run: () => ask({ kind: 'set' }) }] : []);
  const tags = Object.entries(model.tags);
  const close = () => ask(undefined);

  return (
    <Page
      title={model.name}
      crumbs={<Go href={modelsPath(workspace)}>Models</Go>}
      facts={
        <>
          <span>{counted('version', model.versions)}</span>
          <span>
            since <When atMs={model.createdMs} />
          </span>
          <span>
            changed <When atMs={model.updatedMs} />
          </span>
          {model.by && <Who name={model.by} />}
          {tags.map(([key, text]) => (
            <span key={key}>
              <bdi>{`${key}: ${text}`}</bdi>
            </span>
          ))}
        </>
      }
      action={
        <>
          <Panels page="modelActions" workspace={workspace} id={model.name} />
          {sets && (
            <Button size="compact-md" onClick={() => ask({ kind: 'set' })}>
              Set alias
            </Button>
          )}
        </>
      }
    >
      {model.description && (
        <p className={styles.description}>
          <bdi>{model.description}</bdi>
        </p>
      )}
      <Panels page="model" workspace={workspace} id={model.name} />
      <div className={styles.version}>
        <div className={styles.stack}>
          {model.latestVersion ? <Newest workspace={workspace} model={model.name} version={model.latestVersion} /> : null}
          <VersionTable workspace={workspace} model={model.name} rows={rows} versions={versions} />
        </div>
        <section className={styles.panel} aria-labelledby="aliases">
          <div className={styles.panelHead}>
            <h2 id="aliases">Aliases</h2>
          </div>
          {Object.keys(model.aliases).length === 0 ? (
            <p className={styles.quiet}>
              None. An alias such as <code>champion</code> is how programs ask for the version to use without naming it.
            </p>
          ) : (
            <ul className={styles.rows} aria-label="Aliases">
              {Object.entries(model.aliases).map(([alias, version]) => (
                <li key={alias}>
                  <bdi className={styles.alias}>{alias}</bdi>
                  <Go href={versionPath(workspace, model.name, version)}>version {version}</Go>
                  {sets && (
                    <span className={styles.end}>
                      <button type="button" className={styles.link} aria-label={`Move the alias ${alias}`} onClick={() => ask({ kind: 'set', alias })}>
                        move
                      </button>
                      <button type="button" className={styles.link} aria-label={`Remove the alias ${alias}`} onClick={() => ask({ kind: 'remove', alias })}>
                        remove
                      </button>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      {asked?.kind === 'set' && (
        <SetAlias
          workspace={workspace}
          model={model.name}
          aliases={model.aliases}
          versions={rows.map(({ version }) => version)}
          alias={asked.alias}
          onClose={close}
        />
      )}
      {asked?.kind === 'remove' && <RemoveAlias workspace={workspace} model={model.name} alias={asked.alias} onClose={close} />}
    </Page>
  );
}

/** The figures of the newest version. */
function Newest({ workspace, model, version }: { workspace: string; model: string; version: number }) {
  const newest = useQuery(versionQuery(workspace, model, version));
  const path = versionPath(workspace, model, version);
  const metrics = newest.data?.metrics ?? [];
  return (
    <section className={styles.panel} aria-labelledby="newest">
      <div className={styles.panelHead}>
        <h2 id="newest">
          <Go href={path}>Version {version}</Go>
        </h2>
        <span>the newest</span>
        {newest.data && newest.data.findings.length > 0 && <span className={styles.warn}>! {counted('finding', newest.data.findings.length)}</span>}
      </div>
      {newest.isPending ? (
        <Skeleton lines={2} label="Reading its figures" />
      ) : newest.isError ? (
        <Problem title="Its figures could not be read" error={newest.error} retry={() => void newest.refetch()} />
      ) : metrics.length === 0 ? (
        <p className={styles.quiet}>Nothing was measured: neither an evaluation nor a run with metrics belongs to it.</p>
      ) : (
        <dl className={styles.metrics}>
          {metrics.slice(0, 12).map((metric) => (
            <div key={`${metric.from} ${metric.name}`}>
              <dt title={metric.name}>{metric.name}</dt>
              <dd>
                <Figure
                  value={metric.value ?? null}
                  evidence={{
                    title: metric.name,
                    atMs: newest.data.createdMs,
                    facts: [
                      ['Value', String(metric.value ?? 'NaN')],
                      ['From', origins[metric.from] ?? metric.from],
                    ],
                    from: `GET /api/v1/w/${workspace}/models/${encodeURIComponent(model)}/versions/${version}`,
                    link: { href: path, text: `Version ${version}` },
                  }}
                />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
