import type { Mark } from '@/parts/StateMark';
import type { Verdict } from '@/parts/VerdictChip';
import type { RuleVerdict, Version } from './queries';

const versionVerdicts: Record<Version['verdict'], { verdict: Verdict; word: string }> = {
  passed: { verdict: 'yes', word: 'keeps its contract' },
  warning: { verdict: 'attention', word: 'breaks rules that warn' },
  unchecked: { verdict: 'unknown', word: 'no contract' },
};

/** What a version says about its contract. */
export const verdictOf = (verdict: Version['verdict']): { verdict: Verdict; word: string } => versionVerdicts[verdict];

const marks: Record<RuleVerdict['state'], Mark> = {
  passed: { tone: 'yes', sign: '✓', word: 'holds' },
  warning: { tone: 'attention', sign: '!', word: 'broken, warns' },
  failed: { tone: 'no', sign: '✕', word: 'broken' },
  notChecked: { tone: 'quiet', sign: '?', word: 'not checked' },
};

export const ruleMark = (state: RuleVerdict['state']): Mark => marks[state];

const urgency: Record<RuleVerdict['state'], number> = { failed: 0, warning: 1, notChecked: 2, passed: 3 };

/** Broken rules first, then those that nobody checked; otherwise in the contract's order. */
export const byUrgency = (verdicts: readonly RuleVerdict[]): RuleVerdict[] => [...verdicts].sort((a, b) => urgency[a.state] - urgency[b.state]);

/** `21 rules: 20 hold, 1 not checked`. */
export function tally(verdicts: readonly RuleVerdict[]): string {
  const of = (state: RuleVerdict['state']) => verdicts.filter((verdict) => verdict.state === state).length;
  const parts = [
    ['failed', 'broken'],
    ['warning', 'broken, which warns'],
    ['notChecked', 'not checked'],
    ['passed', of('passed') === 1 ? 'holds' : 'hold'],
  ] as const;
  const said = parts.flatMap(([state, word]) => (of(state) > 0 ? [`${of(state)} ${word}`] : []));
  return `${verdicts.length} rule${verdicts.length === 1 ? '' : 's'}${said.length > 0 ? `: ${said.join(', ')}` : ''}`;
}
