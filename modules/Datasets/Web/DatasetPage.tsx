import { useQuery, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { useChanges } from '@/live/useLive';
import { useRecent } from '@/palette/recents';
import { Digest } from '@/parts/Digest';
import { EmptyState } from '@/parts/EmptyState';
import { bytes, count, counted } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { Contract } from './Contract';
import styles from './Datasets.module.css';
import { FirstDataset } from './FirstDataset';
import { contentHref, datasetQuery, datasetsPath, versionQuery, type DatasetDetail } from './queries';
import { datasetRoute, type DatasetSearch } from './routes';
import { Schema } from './Schema';
import { Uses } from './Uses';
import { verdictOf } from './verdicts';
import { Verdicts } from './Verdicts';
import { VersionDiff } from './VersionDiff';
import { Versions } from './Versions';

/** What is in it, may I use it, is it right? */
export function DatasetPage() {
  const { workspace, name } = datasetRoute.useParams();
  const queries = useQueryClient();
  const dataset = useQuery(datasetQuery(workspace, name));
  useRecent(dataset.data?.name, 'dataset', 'datasets');
  useChanges((changes) => {
    if (changes.some((change) => change.kind === 'resync' || (change.kind === 'dataset' && change.workspace === workspace))) {
      void queries.invalidateQueries({ queryKey: ['dataset', workspace, name] });
    }
  });
  const crumbs = <Go href={datasetsPath(workspace)}>Datasets</Go>;

  if (dataset.isPending) {
    return (
      <Page title={name} crumbs={crumbs}>
        <Skeleton lines={12} label="Reading the dataset" />
      </Page>
    );
  }
  if (!dataset.data) {
    return (
      <Page title={name} crumbs={crumbs}>
        {asProblem(dataset.error).status === 404 ? (
          <EmptyState title="There is no such dataset in this workspace" why={`Nothing is called ${name} here. It may be in another workspace.`} />
        ) : (
          <Problem title="The dataset could not be read" error={dataset.error} retry={() => void dataset.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownDataset workspace={workspace} dataset={dataset.data} />;
}

function ShownDataset({ workspace, dataset }: { workspace: string; dataset: DatasetDetail }) {
  const { name, latest } = dataset;
  const search = datasetRoute.useSearch();
  const navigate = datasetRoute.useNavigate();
  const look = (change: Partial<DatasetSearch>) => void navigate({ search: { ...search, ...change }, replace: true });
  const wanted = search.version ?? latest?.version;
  const detail = useQuery({ ...versionQuery(workspace, name, wanted ?? 0), enabled: wanted !== undefined });
  const version = detail.data?.version;
  const verdict = version && verdictOf(version.verdict);

  return (
    <Page
      title={name}
      crumbs={<Go href={datasetsPath(workspace)}>Datasets</Go>}
      chips={
        verdict && (
          <VerdictChip verdict={verdict.verdict} atMs={version.createdMs}>
            {verdict.word}
          </VerdictChip>
        )
      }
      facts={
        version && (
          <>
            <strong>
              version {version.version}
              {latest && version.version !== latest.version ? ` of ${latest.version}` : ''}
            </strong>
            <span>{counted('row', version.rows)}</span>
            <span>{counted('column', version.columns)}</span>
            <span>{bytes(version.sizeBytes)} as Parquet</span>
            <span>
              added <When atMs={version.createdMs} />
            </span>
            <span>
              data <Digest value={version.digest} href={contentHref(workspace, name, version.version)} />
            </span>
            <span>
              from {version.sourceFormat} <Digest value={version.sourceDigest} />
            </span>
          </>
        )
      }
    >
      {dataset.description && (
        <p className={styles.description}>
          <bdi>{dataset.description}</bdi>
        </p>
      )}
      {wanted === undefined ? (
        <>
          <FirstDataset workspace={workspace} name={name} />
          {dataset.contract && <Contract contract={dataset.contract} />}
        </>
      ) : detail.isPending ? (
        <Skeleton lines={12} label={`Reading version ${count(wanted)}`} />
      ) : !detail.data ? (
        asProblem(detail.error).status === 404 ? (
          <EmptyState title={`There is no version ${wanted}`} why={`The newest is version ${latest?.version ?? 0}.`} />
        ) : (
          <Problem title="The version could not be read" error={detail.error} retry={() => void detail.refetch()} />
        )
      ) : (
        <div className={styles.dataset}>
          <div className={styles.stack}>
            {search.against !== undefined && search.against !== wanted && (
              <VersionDiff workspace={workspace} name={name} from={search.against} to={wanted} onClose={() => look({ against: undefined })} />
            )}
            <Schema workspace={workspace} detail={detail.data} filter={search.columns ?? ''} onFilter={(columns) => look({ columns: columns || undefined })} />
            <Verdicts verdicts={detail.data.verdicts} />
          </div>
          <div className={styles.stack}>
            <Versions workspace={workspace} name={name} shown={wanted} against={search.against} onLook={look} />
            {dataset.contract && <Contract contract={dataset.contract} checked={detail.data.version.contractDigest ?? undefined} />}
            <Uses workspace={workspace} name={name} shown={wanted} />
          </div>
        </div>
      )}
    </Page>
  );
}
