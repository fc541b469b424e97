import { useQuery } from '@tanstack/react-query';
import { Diff } from '@/parts/Diff';
import { Digest } from '@/parts/Digest';
import { Icon } from '@/parts/Icon';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import styles from './Datasets.module.css';
import { diffQuery } from './queries';

interface VersionDiffProps {
  workspace: string;
  name: string;
  from: number;
  to: number;
  onClose: () => void;
}

/** What differs between two versions: schema, statistics, rows. */
export function VersionDiff({ workspace, name, from, to, onClose }: VersionDiffProps) {
  const diff = useQuery(diffQuery(workspace, name, from, to));
  return (
    <section className={styles.panel} aria-labelledby="diff">
      <div className={styles.panelHead}>
        <h2 id="diff">
          Version {from} and version {to}
        </h2>
        <button type="button" className={styles.link} onClick={onClose} aria-label="Close the comparison" title="Close">
          <Icon name="close" size={14} />
        </button>
      </div>
      {diff.isPending ? (
        <Skeleton lines={6} label="Comparing" />
      ) : diff.isError ? (
        <Problem title="The versions could not be compared" error={diff.error} retry={() => void diff.refetch()} />
      ) : (
        <Diff
          label="Fields that differ"
          rows={diff.data.rows}
          from={`version ${from}`}
          to={`version ${to}`}
          value={(_, text) => (/^[0-9a-f]{64}$/.test(text) ? <Digest value={text} /> : undefined)}
        />
      )}
    </section>
  );
}
