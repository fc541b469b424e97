import type { UseQueryResult } from '@tanstack/react-query';
import { Diff } from './Diff';
import { Digest } from './Digest';
import type { Difference } from './differences';
import { Problem } from './Problem';
import { Skeleton } from './Skeleton';

interface VersionDifferencesProps {
  diff: UseQueryResult<{ rows: readonly Difference[] }>;
  from: number;
  to: number;
}

/** What differs between two versions, or how the reading of it goes; digests are shown short. */
export function VersionDifferences({ diff, from, to }: VersionDifferencesProps) {
  if (diff.isPending) {
    return <Skeleton lines={6} label="Comparing" />;
  }
  if (diff.isError) {
    return <Problem title="The versions could not be compared" error={diff.error} retry={() => void diff.refetch()} />;
  }
  return (
    <Diff
      label="Fields that differ"
      rows={diff.data.rows}
      from={`version ${from}`}
      to={`version ${to}`}
      value={(_, text) => (/^[0-9a-f]{64}$/.test(text) ? <Digest value={text} /> : undefined)}
    />
  );
}
