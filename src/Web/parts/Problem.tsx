import { Button } from '@mantine/core';
import { asProblem } from '@/api/problem';
import { CopyButton } from './CopyButton';
import styles from './parts.module.css';

interface ProblemProps {
  /** What did not work, in the page's words: "The runs could not be read". */
  title: string;
  error: unknown;
  retry?: () => void;
}

/** What was wrong, which value, what would be right, and the id to quote. */
export function Problem({ title, error, retry }: ProblemProps) {
  const problem = asProblem(error);
  return (
    <div role="alert" className={styles.problem}>
      <strong>{title}</strong>
      <p>{problem.detail}</p>
      {problem.faults.length > 0 && (
        <ul>
          {problem.faults.map((fault) => (
            <li key={fault.field + fault.detail}>
              <code>{fault.field}</code> {fault.detail}
            </li>
          ))}
        </ul>
      )}
      <div className={styles.problemFoot}>
        {retry && (
          <Button size="compact-sm" variant="default" onClick={retry}>
            Try again
          </Button>
        )}
        {problem.status > 0 && (
          <span>
            {problem.status} {problem.code}
          </span>
        )}
        {problem.requestId && (
          <span>
            request <code>{problem.requestId}</code>
            <CopyButton text={problem.requestId} label="Copy request id" />
          </span>
        )}
      </div>
    </div>
  );
}
