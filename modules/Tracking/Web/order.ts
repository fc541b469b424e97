import { fieldName } from '@/table/complete';

const attributes: Record<string, string> = {
  name: 'attributes.run_name',
  status: 'attributes.status',
  started: 'attributes.start_time',
  ended: 'attributes.end_time',
  user: 'attributes.user_id',
};
const ofExperiments: Record<string, string> = {
  name: 'attributes.name',
  created: 'attributes.creation_time',
  updated: 'attributes.last_update_time',
};

/** The order of a table in the server's words: `-metrics.loss` is `metrics.loss DESC`; what the server cannot sort by is left out. */
export function orderOf(sort: string | undefined, kind: 'runs' | 'experiments' = 'runs'): string | undefined {
  if (sort === undefined) {
    return undefined;
  }
  const column = sort.replace(/^-/, '');
  const known = (kind === 'runs' ? attributes : ofExperiments)[column];
  const keyed = kind === 'runs' ? /^(metrics|params)\.(.+)$/s.exec(column) : null;
  const field = known ?? (keyed?.[1] && keyed[2] ? fieldName(keyed[1], keyed[2]) : undefined);
  return field === undefined ? undefined : `${field} ${sort.startsWith('-') ? 'DESC' : 'ASC'}`;
}
