import { VerdictChip } from '@/parts/VerdictChip';
import type { LoggedModel } from './loggedModelQueries';

const words = { pending: 'pending', ready: 'ready', uploadFailed: 'upload failed' } as const;
const verdicts = { pending: 'unknown', ready: 'yes', uploadFailed: 'no' } as const;

/** Whether the files of a model are there, as its client says; nothing for a model that is not known. */
export const LoggedModelState = ({ status, quiet = false }: { status: LoggedModel['status']; quiet?: boolean }) =>
  status && (
    <VerdictChip verdict={verdicts[status]} quiet={quiet}>
      {words[status]}
    </VerdictChip>
  );
