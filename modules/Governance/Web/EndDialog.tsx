import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Confirm } from '@/parts/Confirm';
import { approvalQuery, refuse, withdraw, type Approval } from './queries';

interface EndDialogProps {
  workspace: string;
  approval: Approval;
  /** An approver says no; or whoever may takes it back. */
  how: 'refuse' | 'withdraw';
  onClose: () => void;
}

/** Ends an approval, with the reason that everybody will read beside it. */
export function EndDialog({ workspace, approval, how, onClose }: EndDialogProps) {
  const queries = useQueryClient();
  const { id, model, version, requestedBy, signOffs, state } = approval;
  const end = useMutation({
    mutationFn: (reason: string) => (how === 'refuse' ? refuse : withdraw)(workspace, id, reason),
    onSuccess: async (ended) => {
      queries.setQueryData(approvalQuery(workspace, id).queryKey, ended);
      await queries.invalidateQueries({ queryKey: ['approvals', workspace] });
      onClose();
    },
  });
  const granted = state === 'granted';
  return (
    <Confirm
      title={how === 'refuse' ? `Refuse ${model} version ${version}?` : `Take back ${granted ? 'the approval' : 'the request'} for ${model} version ${version}?`}
      verb={how === 'refuse' ? 'Refuse' : 'Take back'}
      keep="Leave it"
      undo="This cannot be undone; who still wants the version used asks again, and it is signed again."
      needsReason
      pending={end.isPending}
      error={end.error}
      onConfirm={(reason) => end.mutate(reason)}
      onClose={onClose}
    >
      <p>
        {granted
          ? 'The version may not be used from then on: endpoints that run it stop doing so. '
          : how === 'refuse'
            ? `The request of ${requestedBy} ends here, and the version stays out of use. `
            : 'The request ends here, and the version stays out of use. '}
        {signOffs.length > 0 && `What ${signOffs.map(({ by }) => by).join(' and ')} signed counts for nothing any more. `}
        Your name and the reason stand beside it.
      </p>
    </Confirm>
  );
}
