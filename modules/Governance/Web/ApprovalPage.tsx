import { useQuery } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { useRecent } from '@/palette/recents';
import { EmptyState } from '@/parts/EmptyState';
import { Go } from '@/parts/Go';
import { Page } from '@/parts/Page';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { approvalsPath } from './places';
import { approvalQuery } from './queries';
import { approvalRoute } from './routes';
import { ShownApproval } from './ShownApproval';
import { useLiveGovernance } from './useLiveGovernance';

/** Shall I sign? */
export function ApprovalPage() {
  const { workspace, id } = approvalRoute.useParams();
  const approval = useQuery(approvalQuery(workspace, id));
  useRecent(approval.data && `${approval.data.model} version ${approval.data.version}`, 'approval', 'approvals');
  useLiveGovernance(workspace);
  const crumbs = <Go href={approvalsPath(workspace)}>Approvals</Go>;

  if (approval.isPending) {
    return (
      <Page title="Approval" crumbs={crumbs}>
        <Skeleton lines={14} label="Reading the approval" />
      </Page>
    );
  }
  if (!approval.data) {
    return (
      <Page title="Approval" crumbs={crumbs}>
        {asProblem(approval.error).status === 404 ? (
          <EmptyState title="There is no such approval in this workspace" why="It may be in another workspace." />
        ) : (
          <Problem title="The approval could not be read" error={approval.error} retry={() => void approval.refetch()} />
        )}
      </Page>
    );
  }
  return <ShownApproval key={id} workspace={workspace} approval={approval.data} crumbs={crumbs} />;
}
