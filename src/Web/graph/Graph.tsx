import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useId, useMemo, useState } from 'react';
import { Icon } from '@/parts/Icon';
import { Skeleton } from '@/parts/Skeleton';
import { StateMark, type Mark } from '@/parts/StateMark';
import styles from './Graph.module.css';
import { layout, type Linked } from './layout';
import { reading } from './walk';

const Canvas = lazy(() => import('./Canvas').then((module) => ({ default: module.Canvas })));

export interface GraphNode extends Linked {
  title: string;
  mark: Mark;
  /** A few more words: how long it took, why it was reused. */
  note?: string;
}

export interface GraphProps {
  label: string;
  nodes: readonly GraphNode[];
  chosen?: string;
  onChoose: (id: string) => void;
}

/** What leads to what, left to right with live states; the same as a list for those who read, and on narrow screens. */
export function Graph(props: GraphProps) {
  const { label, nodes, chosen, onChoose } = props;
  const narrow = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const [wanted, want] = useState<'list' | 'picture'>();
  const asList = (wanted ?? (narrow ? 'list' : 'picture')) === 'list';
  const shape = JSON.stringify(nodes.map(({ id, after }) => ({ id, after })));
  const placed = useMemo(() => layout(JSON.parse(shape) as Linked[]), [shape]);
  const id = useId();
  const height = Math.min(460, Math.max(140, placed.height + 56));
  return (
    <div className={styles.graph} role="group" aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{label}</h2>
        <button
          type="button"
          className={styles.tool}
          aria-pressed={asList}
          aria-label={`${label} as a list`}
          title="As a list"
          data-no-print
          onClick={() => want(asList ? 'picture' : 'list')}
        >
          <Icon name="table" size={14} />
        </button>
      </div>
      {asList ? (
        <ol className={styles.list} aria-label={label}>
          {reading(nodes, placed.places).map((each) => {
            const node = nodes.find((other) => other.id === each);
            return (
              node && (
                <li key={each}>
                  <button type="button" aria-pressed={each === chosen} onClick={() => onChoose(each)}>
                    <StateMark mark={node.mark} />
                    <bdi>{node.title}</bdi>
                    {node.note && node.note !== node.mark.word && <span>{node.note}</span>}
                    {node.after.length > 0 && <span>after {node.after.join(', ')}</span>}
                  </button>
                </li>
              )
            );
          })}
        </ol>
      ) : (
        <div className={styles.picture} style={{ height }}>
          <Suspense fallback={<Skeleton lines={3} label="Drawing" />}>
            <Canvas {...props} placed={placed} />
          </Suspense>
        </div>
      )}
    </div>
  );
}
