import { counted, duration } from '@/parts/format';
import type { Verdict } from '@/parts/VerdictChip';
import type { Approval, ApprovalRow, Exception, Row, Stage } from './queries';

export interface Said {
  verdict: Verdict;
  word: string;
}

const stages: Record<Stage, Said> = {
  requested: { verdict: 'attention', word: 'waits for sign-off' },
  granted: { verdict: 'yes', word: 'in force' },
  refused: { verdict: 'no', word: 'refused' },
  voided: { verdict: 'no', word: 'voided' },
  expired: { verdict: 'no', word: 'expired' },
  withdrawn: { verdict: 'unknown', word: 'withdrawn' },
};

/** Where an approval stands. One that was granted and has been overtaken is not in force, also before anybody has noted it. */
export function stageOf({ state, inForce }: Pick<ApprovalRow, 'state' | 'inForce'>): Said {
  return state === 'granted' && !inForce ? { verdict: 'no', word: 'overtaken' } : stages[state];
}

const rows: Record<Row['verdict'], Said> = {
  met: { verdict: 'yes', word: 'met' },
  unmet: { verdict: 'no', word: 'unmet' },
  missing: { verdict: 'unknown', word: 'missing' },
  stale: { verdict: 'no', word: 'too old' },
  waived: { verdict: 'attention', word: 'waived' },
};

export const rowSaid = (row: Pick<Row, 'verdict'>): Said => rows[row.verdict];

const stands: Record<Row['verdict'], boolean> = { met: false, waived: false, unmet: true, missing: true, stale: true };

/** Whether a row stands against the approval. */
export const isAgainst = ({ verdict }: Pick<Row, 'verdict'>): boolean => stands[verdict];

const rank = (row: Row): number => (isAgainst(row) ? (row.waivable ? 1 : 0) : row.verdict === 'waived' ? 2 : 3);

/** What stands against it first, and of that what nobody can waive; then what is waived; then what is met. Otherwise in the order of the policy. */
export const inOrder = (list: readonly Row[]): Row[] => [...list].sort((a, b) => rank(a) - rank(b));

/** May an exception take the place of the row? */
export const canBeWaived = (row: Row): boolean => isAgainst(row) && row.waivable;

const operators: Record<string, string> = {
  exists: 'is there',
  equals: 'is',
  differs: 'is not',
  atLeast: 'at least',
  atMost: 'at most',
  above: 'above',
  below: 'below',
  oneOf: 'one of',
};

/** `at least 0.8`; an operator that this page does not know keeps its own name. */
export const expectation = ({ operator, expected }: Pick<Row, 'operator' | 'expected'>): string =>
  operator === 'exists' ? 'must be there' : `${operators[operator] ?? operator} ${expected}`.trim();

/** The verdict in words, without the name of the row before it. */
export const sentenceOf = ({ requirement, sentence }: Pick<Row, 'requirement' | 'sentence'>): string =>
  sentence.startsWith(`${requirement}: `) ? sentence.slice(requirement.length + 2) : sentence;

const longest = 120;

/** What was found, short enough for a table: the first eight characters of a digest, the beginning of a long text. */
export const shortly = (actual: string | null | undefined): string =>
  actual == null ? 'nothing' : /^[0-9a-f]{64}$/.test(actual) ? actual.slice(0, 8) : actual.length > longest ? `${actual.slice(0, longest - 1)}…` : actual;

/** `2 d 4 h`, with the limit where there is one: `2 d 4 h of at most 90 d 0 h`. */
export function ageOf({ ageMs, maximumAgeMs }: Pick<Row, 'ageMs' | 'maximumAgeMs'>): string {
  const limit = maximumAgeMs == null ? '' : `at most ${spell(maximumAgeMs)}`;
  return ageMs == null ? (limit === '' ? '–' : `unknown, ${limit}`) : limit === '' ? spell(ageMs) : `${spell(ageMs)}, ${limit}`;
}

const dayMs = 86_400_000;

/** A duration as people say it: whole days without hours. */
export const spell = (ms: number): string => (ms >= 2 * dayMs ? `${Math.floor(ms / dayMs)} d` : duration(ms));

/** The answer to "shall I sign?" in one line. */
export function verdictOf(approval: Approval): Said & { sentence: string } {
  const against = approval.rows.filter(isAgainst).length;
  const waived = approval.rows.filter(({ verdict }) => verdict === 'waived').length;
  const met = approval.rows.filter(({ verdict }) => verdict === 'met').length;
  const final = against > 0 && approval.rows.some((row) => isAgainst(row) && !row.waivable);
  const rest = [...(waived > 0 ? [`${waived} waived by exception`] : []), `${met} met`].join(', ');
  if (approval.rows.length === 0) {
    return { verdict: 'unknown', word: 'nothing is required', sentence: 'The policy has no row for a model of this tier.' };
  }
  if (against > 0) {
    const one = against === 1;
    return {
      verdict: 'no',
      word: `${counted('requirement', against)} ${one ? 'stands' : 'stand'} against it`,
      sentence: `${rest}. ${final ? 'What is marked as final cannot be waived.' : `An exception with a reason and an end can take ${one ? 'its' : 'their'} place for a while.`}`,
    };
  }
  return waived > 0
    ? { verdict: 'attention', word: 'met, with exceptions', sentence: `${rest}. What is waived ends with its exception.` }
    : { verdict: 'yes', word: 'every requirement is met', sentence: `${counted('requirement', met)} of the policy, each with its evidence.` };
}

/** How an exception stands. */
export function exceptionSaid({ active, endedReason }: Pick<Exception, 'active' | 'endedReason'>): Said {
  return active ? { verdict: 'attention', word: 'open' } : { verdict: 'unknown', word: endedReason === 'expired' ? 'expired' : 'withdrawn' };
}
