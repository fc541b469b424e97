import type { UseQueryResult } from '@tanstack/react-query';
import { Go } from '@/parts/Go';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Governance.module.css';
import { exceptionsPath } from './places';
import type { Exception } from './queries';
import { exceptionSaid } from './verdicts';

interface ModelExceptionsProps {
  workspace: string;
  model: string;
  exceptions: UseQueryResult<Exception[]>;
}

/** The exceptions of a model, those that are open first. */
export function ModelExceptions({ workspace, model, exceptions }: ModelExceptionsProps) {
  const rows = [...(exceptions.data ?? [])].sort((a, b) => Number(b.active) - Number(a.active));
  return (
    <section className={styles.panel} aria-labelledby="exceptions">
      <div className={styles.panelHead}>
        <h2 id="exceptions">Exceptions</h2>
        {rows.length > 0 && <span>{rows.filter(({ active }) => active).length} open</span>}
      </div>
      {exceptions.isPending ? (
        <Skeleton lines={2} label="Reading exceptions" />
      ) : exceptions.isError ? (
        <Problem title="The exceptions could not be read" error={exceptions.error} retry={() => void exceptions.refetch()} />
      ) : rows.length === 0 ? (
        <p className={styles.quiet}>Nothing of the policy is waived for {model}.</p>
      ) : (
        <ul className={styles.signed} aria-label={`Exceptions of ${model}`}>
          {rows.slice(0, 8).map((each) => (
            <li key={each.id}>
              <span>
                <VerdictChip verdict={exceptionSaid(each).verdict} quiet>
                  {exceptionSaid(each).word}
                </VerdictChip>
                <Go href={exceptionsPath(workspace, each.id)}>
                  <bdi>{each.requirement}</bdi>
                </Go>
              </span>
              <bdi>{each.reason}</bdi>
              <small>
                <bdi>{each.by}</bdi>, {each.version == null ? 'every version' : `version ${each.version}`}, {each.active ? 'ends' : 'ended'}{' '}
                <When atMs={each.active ? each.expiresMs : (each.endedMs ?? each.expiresMs)} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
