import { useSession } from '@/api/session';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';
import { Snippet } from '@/parts/Snippet';
import { firstRun } from './firstRunSnippet';
import styles from './Tracking.module.css';

interface FirstRunProps {
  workspace: string;
  experiment?: string;
  experimentName?: string;
}

/** Three lines to copy; the page around it turns live when they have run. */
export function FirstRun({ workspace, experiment, experimentName }: FirstRunProps) {
  const required = useSession().mode === 'required';
  return (
    <EmptyState
      title="No run yet"
      why="A run keeps what went in, what came out and how it went: parameters, metrics over time, artifacts. Any MLflow client logs here; nothing in your code changes but the address."
    >
      <Snippet label="Ways to log a first run" tabs={firstRun({ origin: location.origin, workspace, required, experiment, experimentName })} />
      {required && (
        <p>
          Put a key of yours in place of <code>YOUR_KEY</code>: <Go href="/keys">make a key</Go>.
        </p>
      )}
      <p className={styles.waiting} role="status">
        <i aria-hidden="true" />
        Waiting for the first run: it appears here by itself.
      </p>
    </EmptyState>
  );
}
