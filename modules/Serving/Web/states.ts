import { percent } from '@/parts/bars';
import type { Mark } from '@/parts/StateMark';
import type { Verdict } from '@/parts/VerdictChip';
import type { Deployment, Endpoint, Replica } from './queries';

/** A verdict and its word, as a chip shows them. */
export interface Said {
  verdict: Verdict;
  word: string;
}

const verdicts: readonly Verdict[] = ['yes', 'no', 'attention', 'unknown'];

/** What a person should look at first, in one or two words. */
export function healthOf({ stopped, rollout, health }: Pick<Endpoint, 'stopped' | 'rollout' | 'health'>): Said {
  if (stopped) {
    return { verdict: 'no', word: 'stopped' };
  }
  const verdict = verdicts.find((each) => each === health.verdict) ?? 'unknown';
  if (verdict === 'attention' && rollout === 'halted') {
    return { verdict, word: 'halted' };
  }
  return { verdict, word: { yes: 'answers', no: 'faulty', attention: 'look at it', unknown: 'nothing to answer with' }[verdict] };
}

const rollouts: Record<Endpoint['rollout'], Mark> = {
  steady: { tone: 'yes', sign: '=', word: 'steady' },
  canary: { tone: 'busy', sign: '↗', word: 'canary' },
  halted: { tone: 'attention', sign: '!', word: 'rollout halted' },
};

/** How far the rollout is. */
export const rolloutMark = (rollout: Endpoint['rollout']): Mark => rollouts[rollout];

/** After how long without a word a process counts as not heard of, in milliseconds. */
export const silentMs = 60_000;

/** What one process has loaded, against what was approved. */
export function replicaSaid({ matches, digest, fault, seenMs }: Replica, nowMs: number): Said {
  if (!digest) {
    return { verdict: 'no', word: fault ? 'not loaded' : 'nothing loaded' };
  }
  if (!matches) {
    return { verdict: 'no', word: 'not what was approved' };
  }
  return nowMs - seenMs > silentMs ? { verdict: 'unknown', word: 'not heard of' } : { verdict: 'yes', word: 'as approved' };
}

/** All processes together: one that differs is enough. */
export function observed(deployments: readonly Deployment[], nowMs: number): Said {
  const all = deployments.flatMap(({ replicas }) => replicas.map((replica) => replicaSaid(replica, nowMs)));
  if (deployments.length === 0 || deployments.some(({ replicas }) => replicas.length === 0)) {
    return all.find(({ verdict }) => verdict === 'no') ?? { verdict: 'unknown', word: 'not observed' };
  }
  return all.find(({ verdict }) => verdict === 'no') ?? all.find(({ verdict }) => verdict === 'unknown') ?? { verdict: 'yes', word: 'as approved' };
}

export const ofRole = (deployments: readonly Deployment[], role: Deployment['role']): Deployment[] => deployments.filter((each) => each.role === role);

/** `90 % version 1, 10 % version 2 (canary)`. */
export function trafficSaid(deployments: readonly Deployment[]): string {
  const answering = deployments.filter(({ role }) => role !== 'shadow');
  return answering.length === 0
    ? 'nothing answers'
    : answering.map(({ share, version, role }) => `${percent(share)} version ${version}${role === 'canary' ? ' (canary)' : ''}`).join(', ');
}

/** `deny at 0.31 and above, approve below`; nothing where the version's evaluation names no decisions. */
export function thresholdSaid({ threshold, atOrAbove, below }: Deployment): string | undefined {
  return typeof threshold === 'number' && atOrAbove
    ? `${atOrAbove} at ${Number(threshold.toPrecision(4))} and above${below ? `, ${below} below` : ''}`
    : undefined;
}
