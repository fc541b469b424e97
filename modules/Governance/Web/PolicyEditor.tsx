import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '@/parts/Confirm';
import { counted } from '@/parts/format';
import { TextDiff } from '@/parts/TextDiff';
import { TextEditor } from '@/parts/TextEditor';
import { VerdictChip } from '@/parts/VerdictChip';
import styles from './Governance.module.css';
import { PolicyTests } from './PolicyTests';
import { everyApprovalQuery, policyCheckQuery, policyQuery, setPolicy, type Policy } from './queries';

/** The text of another policy, checked while it is written; only one without faults, whose tests pass, can be set. */
export function PolicyEditor({ workspace, policy, onClose }: { workspace: string; policy: Policy; onClose: () => void }) {
  const [text, write] = useState(policy.text ?? '');
  const [asking, ask] = useState(false);
  const [settled] = useDebouncedValue(text, 350);
  const check = useQuery({ ...policyCheckQuery(workspace, settled), placeholderData: keepPreviousData });
  const same = text === policy.text;
  const current = settled === text && !check.isPlaceholderData;
  const faults = current ? (check.data?.faults ?? []) : [];
  const valid = current && check.data?.valid === true;
  return (
    <div className={styles.approval}>
      <section className={styles.panel} aria-labelledby="editor">
        <div className={styles.panelHead}>
          <h2 id="editor">The policy as YAML</h2>
          <span role="status">
            {!current ? (
              'checking'
            ) : faults.length > 0 ? (
              <VerdictChip verdict="no" quiet>
                {counted('fault', faults.length)}
              </VerdictChip>
            ) : valid ? (
              <VerdictChip verdict="yes" quiet>
                could be set
              </VerdictChip>
            ) : (
              <VerdictChip verdict="no" quiet>
                a test fails
              </VerdictChip>
            )}
          </span>
        </div>
        <TextEditor label="The policy as YAML" value={text} onChange={write} faults={faults} />
        <div className={styles.decide}>
          <Button size="compact-md" disabled={!valid || same} onClick={() => ask(true)}>
            Put in force
          </Button>
          <Button size="compact-md" variant="default" onClick={onClose}>
            {same ? 'Close' : 'Leave it as it was'}
          </Button>
        </div>
      </section>
      <div className={styles.stack}>
        <PolicyTests workspace={workspace} text={settled} />
      </div>
      {asking && (
        <PutInForce
          workspace={workspace}
          policy={policy}
          text={text}
          onClose={() => ask(false)}
          onDone={() => {
            ask(false);
            onClose();
          }}
        />
      )}
    </div>
  );
}

interface PutInForceProps {
  workspace: string;
  policy: Policy;
  text: string;
  onClose: () => void;
  onDone: () => void;
}

function PutInForce({ workspace, policy, text, onClose, onDone }: PutInForceProps) {
  const queries = useQueryClient();
  const granted = useQuery(everyApprovalQuery(workspace, 'granted'));
  const put = useMutation({
    mutationFn: (reason: string) => setPolicy(workspace, text, reason),
    onSuccess: async (now) => {
      queries.setQueryData(policyQuery(workspace).queryKey, now);
      await Promise.all(['policy', 'approvals', 'approval'].map((key) => queries.invalidateQueries({ queryKey: [key, workspace] })));
      onDone();
    },
  });
  const reached = granted.data?.length;
  return (
    <Confirm
      title="Put this policy in force?"
      size={760}
      verb="Put in force"
      undo="The policy of today can be set again, but what this voids has to be signed again."
      needsReason
      pending={put.isPending}
      error={put.error}
      onConfirm={(reason) => put.mutate(reason)}
      onClose={onClose}
    >
      <p className={styles.reach}>
        {reached === undefined
          ? 'Every approval in force is bound to the policy of today and becomes void.'
          : reached === 0
            ? 'No approval is in force, so none becomes void. Requests that wait are judged by it from then on.'
            : `${counted('approval', reached)} in force ${reached === 1 ? 'is' : 'are'} bound to the policy of today and ${reached === 1 ? 'becomes' : 'become'} void: what runs by ${reached === 1 ? 'it' : 'them'} is taken out of its endpoints until it is approved again.`}
      </p>
      <div className={styles.diff}>
        <TextDiff label="Lines that differ from the policy in force" from={policy.text ?? ''} to={text} />
      </div>
    </Confirm>
  );
}
