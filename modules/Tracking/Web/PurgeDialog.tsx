import { useMutation, useQuery } from '@tanstack/react-query';
import { Confirm } from '@/parts/Confirm';
import { count } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { purge, trashNouns, whatGoes, type PurgeWhat, type TrashKind } from './trash';

interface PurgeDialogProps {
  workspace: string;
  what: PurgeWhat;
  title: string;
  onClose: () => void;
  onDone: () => void;
}

/** Says by a dry run what would go for good, then lets it go. */
export function PurgeDialog({ workspace, what, title, onClose, onDone }: PurgeDialogProps) {
  const dry = useQuery({ queryKey: ['purge', workspace, what], queryFn: () => purge(workspace, { ...what, dryRun: true }), staleTime: 0, gcTime: 0 });
  const go = useMutation({
    mutationFn: async (reason: string) => {
      let report = await purge(workspace, { ...what, reason });
      // A call does only so much.
      while (report.more && report.runs + report.experiments + report.loggedModels > 0) {
        report = await purge(workspace, { ...what, reason });
      }
    },
    onSuccess: onDone,
  });
  return (
    <Confirm
      title={title}
      verb="Purge"
      keep="Keep"
      undo="It cannot be taken back."
      needsReason
      pending={go.isPending || dry.isPending}
      error={go.error}
      onConfirm={(reason) => go.mutate(reason)}
      onClose={onClose}
    >
      {dry.isPending ? (
        <Skeleton lines={2} label="Counting" />
      ) : dry.isError ? (
        <Problem title="What would go could not be counted" error={dry.error} />
      ) : (
        <>
          <p>{whatGoes(dry.data)}</p>
          {dry.data.kept.length > 0 && (
            <>
              <p>{dry.data.kept.length === 1 ? 'One stays:' : `${count(dry.data.kept.length)} stay:`}</p>
              <ul>
                {dry.data.kept.slice(0, 5).map(({ kind, id, why }) => (
                  <li key={`${kind} ${id}`}>
                    {trashNouns[kind as TrashKind]} <code>{id}</code>: <bdi>{why}</bdi>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Confirm>
  );
}
