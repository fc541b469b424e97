import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/api/problem';
import { Confirm } from '@/parts/Confirm';
import { Digest } from '@/parts/Digest';
import { counted } from '@/parts/format';
import { When } from '@/parts/When';
import { between } from './changes';
import { ChangeTable } from './ChangeTable';
import styles from './Governance.module.css';
import { approvalQuery, policyQuery, readApproval, sign, type Approval, type Change, type Exception } from './queries';

interface SignDialogProps {
  workspace: string;
  /** The approval as the signer sees it: its digest is what is signed. */
  seen: Approval;
  exceptions: readonly Exception[];
  onClose: () => void;
}

/** Signs what was seen; when it is something else by now, nothing is signed and the difference is shown. */
export function SignDialog({ workspace, seen: first, exceptions, onClose }: SignDialogProps) {
  const queries = useQueryClient();
  // What came in while the dialog was open does not change what is signed.
  const [seen] = useState(first);
  const [overtaken, overtake] = useState<Change[]>();
  const policy = useQuery(policyQuery(workspace));
  const put = useMutation({
    mutationFn: (reason: string) => sign(workspace, seen.id, reason, seen.evidenceDigest),
    onSuccess: async (signed) => {
      queries.setQueryData(approvalQuery(workspace, seen.id).queryKey, signed);
      await queries.invalidateQueries({ queryKey: ['approvals', workspace] });
      onClose();
    },
    onError: async (error) => {
      if (asProblem(error).status === 409) {
        const now = await readApproval(workspace, seen.id);
        overtake(between(seen, now));
        queries.setQueryData(approvalQuery(workspace, seen.id).queryKey, now);
      }
    },
  });
  const after = seen.needs.signOffs - seen.needs.have - 1;
  const waived = seen.rows.filter(({ verdict }) => verdict === 'waived');
  const governs = policy.data?.governs ?? [];
  return (
    <Confirm
      title={`Sign ${seen.model} version ${seen.version}?`}
      size={560}
      verb="Sign"
      undo="A signature stays in the record. The approval ends when something bound to it changes, or when somebody who may takes it back."
      needsReason
      calm
      pending={put.isPending}
      error={put.error}
      onConfirm={(reason) => put.mutate(reason)}
      onClose={onClose}
    >
      <ul className={styles.points}>
        <li>
          {after > 0
            ? `You are person ${seen.needs.have + 1} of ${seen.needs.signOffs}; ${counted('more person', after).replace('persons', 'people')} must sign before it may be used.`
            : `With you it is enough: the version may be used at once${governs.length > 0 ? ` for ${governs.join(', ')}` : ''}.`}
        </li>
        <li>
          Bound to {counted('field', seen.bound.length)}: <Digest value={seen.evidenceDigest} />
        </li>
        {waived.map((row) => {
          const exception = exceptions.find(({ id }) => id === row.exceptionId);
          return (
            <li key={row.requirement}>
              <bdi>{row.requirement}</bdi> is waived{exception && <> and ends <When atMs={exception.expiresMs} /></>}: the approval ends with it.
            </li>
          );
        })}
      </ul>
      {overtaken && overtaken.length > 0 && (
        <div className={styles.overtaken}>
          <p>Nothing was signed, because this has changed since you read it. Close, read the rows again, then sign.</p>
          <ChangeTable label="What changed before you signed" changes={overtaken} from="as you read it" to="now" />
        </div>
      )}
    </Confirm>
  );
}
