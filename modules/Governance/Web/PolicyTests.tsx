import { useQuery } from '@tanstack/react-query';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import styles from './Governance.module.css';
import { policyCheckQuery } from './queries';

/** The tests that stand beside the rows, run now. */
export function PolicyTests({ workspace, text }: { workspace: string; text: string }) {
  const check = useQuery(policyCheckQuery(workspace, text));
  const tests = check.data?.tests ?? [];
  const failed = tests.filter(({ passed }) => !passed).length;
  return (
    <section className={styles.panel} aria-labelledby="tests">
      <div className={styles.panelHead}>
        <h2 id="tests">Its tests</h2>
        {tests.length > 0 && <span>{failed === 0 ? `${tests.length} passed` : `${failed} of ${tests.length} failed`}</span>}
      </div>
      {check.isPending ? (
        <Skeleton lines={3} label="Running the tests" />
      ) : check.isError ? (
        <Problem title="The tests could not be run" error={check.error} retry={() => void check.refetch()} />
      ) : check.data.faults.length > 0 ? (
        <p className={styles.quiet}>The text has faults; its tests run when it has none.</p>
      ) : tests.length === 0 ? (
        <p className={styles.quiet}>There are none. A test says which verdict some evidence must get, so that a change of the rows cannot quietly change a decision.</p>
      ) : (
        <ul className={styles.tests} aria-label="Tests of the policy">
          {tests.map((test) => (
            <li key={test.name}>
              <VerdictChip verdict={test.passed ? 'yes' : 'no'} quiet>
                {test.passed ? 'passed' : 'failed'}
              </VerdictChip>
              <span>
                <bdi>{test.name}</bdi>
                {test.detail && <small>{test.detail}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
