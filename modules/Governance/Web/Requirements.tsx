import { Digest } from '@/parts/Digest';
import { Figure } from '@/parts/Figure';
import { Go } from '@/parts/Go';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Governance.module.css';
import { exceptionsPath } from './places';
import type { Approval, Exception, Row } from './queries';
import { ageOf, canBeWaived, expectation, inOrder, isAgainst, rowSaid, sentenceOf, shortly } from './verdicts';

interface RequirementsProps {
  workspace: string;
  approval: Approval;
  /** Of the model. */
  exceptions: readonly Exception[];
  /** Absent: the reader grants no exceptions. */
  onWaive?: (requirement: string) => void;
}

/** What the policy asks for and what it found: what stands against the approval first. */
export function Requirements({ workspace, approval, exceptions, onWaive }: RequirementsProps) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Requirements">
      <table className={`${styles.table} ${styles.requirements}`}>
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Requirement</th>
            <th scope="col">Evidence</th>
            <th scope="col">Age</th>
          </tr>
        </thead>
        <tbody>
          {inOrder(approval.rows).map((row) => (
            <tr key={row.requirement} data-against={isAgainst(row) || undefined}>
              <td>
                <VerdictChip verdict={rowSaid(row).verdict}>{rowSaid(row).word}</VerdictChip>
              </td>
              <th scope="row">
                <bdi>{row.requirement}</bdi>
                {row.effect === 'forbid' && <span className={styles.tag}>forbids</span>}
                {isAgainst(row) && !row.waivable && <span className={styles.tag}>final</span>}
                {isAgainst(row) && <small className={styles.sentence}>{sentenceOf(row)}</small>}
                {row.why && <small>{row.why}</small>}
                <Waiver workspace={workspace} row={row} exception={exceptions.find(({ id }) => id === row.exceptionId)} />
                {onWaive && canBeWaived(row) && (
                  <button type="button" className={styles.link} onClick={() => onWaive(row.requirement)}>
                    Grant an exception
                  </button>
                )}
              </th>
              <td className={styles.found}>
                <Found workspace={workspace} approval={approval} row={row} />
                <small>{expectation(row)}</small>
              </td>
              <td data-label="how old">
                <span className={styles.ages} data-old={row.verdict === 'stale' || undefined}>
                  {ageOf(row)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was found, with where it comes from. */
function Found({ workspace, approval, row }: { workspace: string; approval: Approval; row: Row }) {
  const digest = row.evidenceDigest;
  return (
    <Figure
      value={shortly(row.actual)}
      evidence={{
        title: row.requirement,
        facts: [
          ['Evidence', <code key="evidence">{row.evidence}</code>],
          ['Found', <bdi key="found">{row.actual ?? 'nothing'}</bdi>],
          ['Asked for', expectation(row)],
          ['Age', ageOf(row)],
          ['Verdict', `${rowSaid(row).word}: ${sentenceOf(row)}`],
          ['Read from', digest ? <Digest key="digest" value={digest} /> : 'no record of its own'],
        ],
        from: `GET /api/v1/w/${workspace}/approvals/${approval.id}`,
        link: {
          href: `/w/${workspace}/models/${encodeURIComponent(approval.model)}/versions/${approval.version}`,
          text: `${approval.model} version ${approval.version}`,
        },
      }}
    />
  );
}

/** Who lets the row pass, and until when. */
function Waiver({ workspace, row, exception }: { workspace: string; row: Row; exception: Exception | undefined }) {
  if (!row.exceptionId) {
    return null;
  }
  return (
    <small>
      <Go className={styles.inText} href={exceptionsPath(workspace, row.exceptionId)}>
        exception
      </Go>
      {exception && (
        <>
          {' '}
          of <bdi>{exception.by}</bdi>, ends <When atMs={exception.expiresMs} />: <bdi>{exception.reason}</bdi>
        </>
      )}
    </small>
  );
}
