import { useEffect, useRef, useState } from 'react';
import { CopyButton } from '@/parts/CopyButton';
import { count, exact } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { StateMark } from '@/parts/StateMark';
import styles from './Pipelines.module.css';
import type { Step } from './queries';
import { useStepLog } from './useStepLog';

const unwritten: Partial<Record<Step['state'], string>> = {
  waiting: 'It has not begun; its log appears here by itself.',
  reused: 'It was not done: its result was taken from an earlier run, where its log is.',
  skipped: 'It never began, since a step before it failed.',
};

/** What a step said, as it says it; follows the end unless somebody has scrolled up. */
export function StepLog({ workspace, runId, step }: { workspace: string; runId: string; step: Step }) {
  const silent = unwritten[step.state];
  const log = useStepLog(workspace, runId, step.name, step.attempts, silent === undefined);
  const box = useRef<HTMLDivElement>(null);
  const [follows, follow] = useState(true);
  useEffect(() => {
    if (follows && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [log.lines, follows]);

  return (
    <section className={styles.panel} aria-labelledby="log">
      <div className={styles.panelHead}>
        <h2 id="log">Log</h2>
        {silent === undefined && !log.ended && !log.error && <StateMark mark={{ tone: 'busy', sign: '↻', word: 'following' }} />}
        <span>{log.lines.length > 0 && `${count(log.dropped + log.lines.length)} lines`}</span>
        {log.lines.length > 0 && (
          <span className={styles.end}>
            <CopyButton text={log.lines.map(({ text }) => text).join('\n')} label="Copy the log" />
          </span>
        )}
      </div>
      {log.error && <Problem title="The log could not be read" error={log.error} />}
      {silent !== undefined ? (
        <p className={styles.quiet}>{silent}</p>
      ) : log.lines.length === 0 ? (
        !log.error && <p className={styles.quiet}>{log.ended ? 'It said nothing.' : 'Nothing was said yet.'}</p>
      ) : (
        <div
          ref={box}
          className={styles.log}
          role="log"
          aria-label={`Log of ${step.name}`}
          aria-live="off"
          tabIndex={0}
          onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => follow(scrollTop + clientHeight >= scrollHeight - 24)}
        >
          {log.dropped > 0 && <p className={styles.quiet}>{count(log.dropped)} earlier lines are not shown.</p>}
          {log.lines.map((line, at) => (
            <div key={log.dropped + at} className={styles.line}>
              <time dateTime={new Date(line.atMs).toISOString()} title={exact(line.atMs)}>
                {exact(line.atMs).slice(11, 23)}
              </time>
              <span>{line.text}</span>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
