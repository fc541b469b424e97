import { percent } from '@/parts/bars';
import { count, figure } from '@/parts/format';
import type { Mark } from '@/parts/StateMark';
import type { Verdict } from '@/parts/VerdictChip';
import type { Alert, Aspect, Drift, Reaction, Share, Watched, WindowRow } from './queries';

export const aspectNames: Record<string, string> = { population: 'population', decisions: 'decisions', performance: 'performance', fairness: 'fairness' };

/** What each aspect asks. */
export const aspectQuestions: Record<string, string> = {
  population: 'Does what comes in look like what it was trained on?',
  decisions: 'Has each decision about the share that was approved?',
  performance: 'Does what happened fit what was predicted?',
  fairness: 'Do groups get the favourable decision about equally often?',
};

export const verdictWords: Record<string, string> = { yes: 'as approved', attention: 'moved', no: 'no longer as approved', unknown: 'not measured' };

const order: readonly Verdict[] = ['no', 'attention', 'unknown', 'yes'];

/** The aspect that a person should look at first; of equals the first. */
export function worst<T extends Pick<Aspect, 'verdict'>>(aspects: readonly T[]): T | undefined {
  return [...aspects].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))[0];
}

/** The version to show first: the one whose verdict is worst among those at work, else the first. */
export function firstLook(versions: readonly Watched[]): Watched | undefined {
  const atWork = versions.filter(({ role }) => role !== 'gone');
  return [...atWork].sort((a, b) => rank(a) - rank(b))[0] ?? versions[0];
}

const rank = ({ verdicts }: Watched): number => order.indexOf(worst(verdicts)?.verdict ?? 'yes');

/** The versions at work, then those of which only windows are left, newest first. */
export function withGone(versions: readonly Watched[], windows: readonly WindowRow[]): Watched[] {
  const known = new Set(versions.map(({ deploymentId }) => deploymentId));
  const gone = new Map<string, Watched>();
  for (const { deploymentId, version } of windows) {
    if (!known.has(deploymentId) && !gone.has(deploymentId)) {
      gone.set(deploymentId, { version, deploymentId, role: 'gone', share: 0, verdicts: [] });
    }
  }
  return [...versions, ...gone.values()];
}

/** `version 2, canary at 10.0 %`. */
export const versionSaid = ({ version, role, share }: Pick<Watched, 'version' | 'role' | 'share'>): string =>
  `version ${version}, ${role === 'gone' ? 'no longer here' : role}${role === 'canary' || (role === 'champion' && share < 1) ? ` at ${percent(share)}` : ''}`;

/** What a feature's figures mean together: an alarm needs both, unlikely by chance and large enough to matter. */
export function driftSaid({ real, large, drifted }: Pick<Drift, 'real' | 'large' | 'drifted'>): { verdict: Verdict; word: string } {
  if (drifted) {
    return { verdict: 'no', word: 'drifted' };
  }
  if (real) {
    return { verdict: 'attention', word: 'real, but small' };
  }
  return large ? { verdict: 'attention', word: 'large, may be chance' } : { verdict: 'yes', word: 'as before' };
}

/** `< 0.001`, `0.0123`. */
export const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : figure(Number(p.toPrecision(2))));

export const psi = (value: number): string => (value < 0.0005 ? '0' : value.toFixed(value < 0.1 ? 3 : 2));

/** `24.1 % of 180; approved are 15.0 % to 35.0 %`. */
export function shareSaid({ share, low, high }: Share, predictions: number): string {
  const band =
    typeof low === 'number' && typeof high === 'number'
      ? `approved are ${percent(low)} to ${percent(high)}`
      : typeof high === 'number'
        ? `approved are at most ${percent(high)}`
        : typeof low === 'number'
          ? `approved are at least ${percent(low)}`
          : 'no band is approved';
  return `${percent(share)} of ${count(predictions)}; ${band}`;
}

/** Inside its band, outside it by chance perhaps, outside beyond doubt; unknown without a band. */
export function shareVerdict({ share, low, high, evidence, breaksAt }: Share): Verdict {
  if (typeof low !== 'number' && typeof high !== 'number') {
    return 'unknown';
  }
  if (typeof evidence === 'number' && typeof breaksAt === 'number' && evidence >= breaksAt) {
    return 'no';
  }
  return share < (low ?? 0) || share > (high ?? 1) ? 'attention' : 'yes';
}

const reactionWords: Record<string, string> = {
  haltRollout: 'halt the rollout',
  rollBack: 'roll back',
  rollBackOrStop: 'roll back, or stop where there is nothing to go back to',
  stop: 'stop the endpoint',
  requestRetraining: 'request retraining',
};

export const reactionSaid = (reaction: string): string => reactionWords[reaction] ?? reaction;

const reactionMarks: Record<string, Mark> = {
  pending: { tone: 'busy', sign: '↻', word: 'pending' },
  done: { tone: 'yes', sign: '✓', word: 'done' },
  notNeeded: { tone: 'quiet', sign: '–', word: 'not needed' },
  failed: { tone: 'no', sign: '✕', word: 'failed' },
};

export const reactionMark = ({ state }: Pick<Reaction, 'state'>): Mark => reactionMarks[state] ?? { tone: 'quiet', sign: '?', word: state };

const alertWords: Record<string, string> = { drift: 'population drifted', envelope: 'decisions left their band', performance: 'performance fell', fairness: 'groups differ' };

export const alertSaid = ({ kind }: Pick<Alert, 'kind'>): string => alertWords[kind] ?? kind;

/** What a window says: the worse of its two verdicts. */
export const windowVerdict = ({ population, decisions }: Pick<WindowRow, 'population' | 'decisions'>): Verdict =>
  order.find((verdict) => verdict === population || verdict === decisions) ?? 'unknown';
