import { useInfiniteQuery } from '@tanstack/react-query';
import { count } from '@/parts/format';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Datasets.module.css';
import { datasetPath, versionsQuery } from './queries';
import type { DatasetSearch } from './routes';
import { verdictOf } from './verdicts';

interface VersionsProps {
  workspace: string;
  name: string;
  shown: number;
  against: number | undefined;
  onLook: (change: Partial<DatasetSearch>) => void;
}

/** Every version, newest first; each can be shown, or compared with the one that is. */
export function Versions({ workspace, name, shown, against, onLook }: VersionsProps) {
  const versions = useInfiniteQuery(versionsQuery(workspace, name));
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={styles.panel} aria-labelledby="versions">
      <div className={styles.panelHead}>
        <h2 id="versions">Versions</h2>
      </div>
      {versions.isPending ? (
        <Skeleton lines={3} label="Reading versions" />
      ) : versions.isError && items.length === 0 ? (
        <Problem title="The versions could not be read" error={versions.error} retry={() => void versions.refetch()} />
      ) : (
        <ul className={styles.rows} aria-label="Versions">
          {items.map((item) => {
            const { verdict, word } = verdictOf(item.verdict);
            const here = item.version === shown;
            return (
              <li key={item.version} data-here={here || undefined}>
                <span className={styles.user}>
                  <span>
                    <Go href={datasetPath(workspace, name, item.version)} aria-current={here ? 'true' : undefined}>
                      version {item.version}
                    </Go>{' '}
                    <small>{count(item.rows)} rows</small>
                  </span>
                  <VerdictChip quiet verdict={verdict}>
                    {word}
                  </VerdictChip>
                </span>
                <span className={styles.at}>
                  <When atMs={item.createdMs} />
                </span>
                {!here && (
                  <button
                    type="button"
                    className={styles.link}
                    aria-pressed={against === item.version}
                    aria-label={`Compare version ${item.version} with version ${shown}`}
                    onClick={() => onLook({ against: against === item.version ? undefined : item.version })}
                  >
                    compare
                  </button>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {versions.hasNextPage && (
        <button type="button" className={styles.more} disabled={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          Older versions
        </button>
      )}
    </section>
  );
}
