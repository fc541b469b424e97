import type { Told } from '@/module';
import { idEnd } from '@/parts/format';
import { runPath, runsPath, type Activity } from './queries';

const past: Record<string, string> = {
  created: 'created',
  deleted: 'deleted',
  restored: 'restored',
  renamed: 'renamed',
  started: 'started',
  moved: 'moved',
  purged: 'erased for good',
};

/** What happened: "you started run x", "run x failed". A kind that this page does not know is told by its own words. */
export function sentence(fact: Pick<Activity, 'kind' | 'subject' | 'detail'>, workspace: string, byMe: boolean): Told {
  const at = fact.subject.indexOf('/');
  const noun = at < 0 ? fact.subject : fact.subject.slice(0, at);
  const id = at < 0 ? '' : fact.subject.slice(at + 1);
  const detail = detailOf(fact);
  const name = typeof detail.name === 'string' && detail.name !== '' ? detail.name : idEnd(id);
  const verb = fact.kind.split('.').at(-1) ?? fact.kind;
  // What is gone has no page.
  const path = verb === 'purged' ? undefined : noun === 'run' ? runPath(workspace, id) : noun === 'experiment' ? runsPath(workspace, id) : undefined;
  const link = path === undefined ? {} : { path };
  if (fact.kind === 'run.finished') {
    return { before: 'run', name, after: typeof detail.status === 'string' ? detail.status : 'finished', ...link };
  }
  const said = past[verb];
  if (said !== undefined && byMe && verb !== 'purged') {
    return { before: `you ${said} ${noun}`, name, after: '', ...link };
  }
  return { before: noun, name, after: said === undefined ? fact.kind.replaceAll('.', ' ') : said, ...link };
}

/** The fields of a fact, whatever was stored. */
export const detailOf = ({ detail }: Pick<Activity, 'detail'>): Readonly<Record<string, unknown>> =>
  (typeof detail === 'object' && detail !== null ? detail : {}) as Record<string, unknown>;
