import { useQuery } from '@tanstack/react-query';
import { Icon } from '@/parts/Icon';
import { VersionDifferences } from '@/parts/VersionDifferences';
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
      <VersionDifferences diff={diff} from={from} to={to} />
    </section>
  );
}
