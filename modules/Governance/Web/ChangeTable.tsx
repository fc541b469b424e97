import { Diff } from '@/parts/Diff';
import { boundValue } from './boundValue';
import { differenceOf } from './changes';
import type { Change } from './queries';

/** Bound fields that differ; digests are shown short. */
export function ChangeTable({ label, changes, from, to }: { label: string; changes: readonly Change[]; from: string; to: string }) {
  return (
    <Diff
      label={label}
      rows={changes.map(differenceOf)}
      from={from}
      to={to}
      value={(_, text) => boundValue(text)}
    />
  );
}
