import { useQuery } from '@tanstack/react-query';
import { StateMark } from '@/parts/StateMark';
import { When } from '@/parts/When';
import { refusalsQuery } from './queries';
import styles from './Serving.module.css';

const most = 8;

/** What got a reason instead of an answer, newest first: as the client was told. */
export function Refusals({ workspace, name }: { workspace: string; name: string }) {
  const refusals = useQuery({ ...refusalsQuery(workspace, name), refetchInterval: 4_000 });
  const items = refusals.data?.items ?? [];
  // Who may not see predictions may not see what was wrong with them; the counts say that there were some.
  if (items.length === 0) {
    return null;
  }
  return (
    <section className={styles.panel} aria-labelledby="refused">
      <div className={styles.panelHead}>
        <h2 id="refused">Refused lately</h2>
        <span>by the process that answered this page, since it started</span>
      </div>
      <ul className={styles.refusals} aria-label="Refused lately">
        {items.slice(0, most).map((each, at) => (
          <li key={at}>
            <StateMark mark={each.status >= 500 ? { tone: 'no', sign: '✕', word: 'failed' } : { tone: 'attention', sign: '!', word: 'refused' }} />
            <bdi>{each.reason}</bdi>
            <When atMs={each.atMs} />
          </li>
        ))}
      </ul>
    </section>
  );
}
