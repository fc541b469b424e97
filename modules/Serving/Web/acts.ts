import { percent } from '@/parts/bars';
import { count } from '@/parts/format';
import type { Act, Deployment, Endpoint } from './queries';
import { ofRole, trafficSaid } from './states';

/** What may be done to an endpoint, by a person who may do it. */
export type Choice = Act | 'rollback' | 'split' | 'deploy';

interface Rights {
  /** Deploy, share, promote, resume. */
  write: boolean;
  /** Halt, roll back, stop, release. */
  stop: boolean;
}

/** What makes sense now and is allowed, in the order of how often it is wanted. */
export function choices({ stopped, rollout, deployments }: Pick<Endpoint, 'stopped' | 'rollout' | 'deployments'>, { write, stop }: Rights): Choice[] {
  const canary = ofRole(deployments, 'canary').length > 0;
  const halted = rollout === 'halted';
  const list: [Choice, boolean][] = [
    ['release', stop && stopped],
    ['resume', write && halted],
    ['promote', write && canary && !halted],
    ['split', write && canary],
    ['halt', stop && canary && !halted],
    ['rollback', stop && deployments.length > 0],
    ['deploy', write && !halted],
    ['stop', stop && !stopped],
  ];
  return list.flatMap(([choice, fits]) => (fits ? [choice] : []));
}

/** Words of a consequential act: what changes, whom it reaches, and how it is taken back. */
export interface Words {
  title: string;
  verb: string;
  keep: string;
  undo: string;
  /** What changes, and who and what it reaches. */
  reach: string;
}

export const verbs: Record<Choice, string> = {
  release: 'Release…',
  resume: 'Resume…',
  promote: 'Promote…',
  split: 'Change share…',
  halt: 'Halt…',
  rollback: 'Roll back…',
  deploy: 'Deploy…',
  stop: 'Stop…',
};

/** `about 120 requests a minute`, or what is known instead. */
const flow = (rate: number | undefined, { counts }: Endpoint): string =>
  rate === undefined ? `it has answered ${count(counts.predictions)} predictions so far` : `about ${count(Math.round(rate))} requests a minute reach it now`;

export function wordsOf(act: Act | 'rollback', endpoint: Endpoint, rate: number | undefined): Words {
  const { name, deployments } = endpoint;
  const [champion] = ofRole(deployments, 'champion');
  const [canary] = ofRole(deployments, 'canary');
  const said = trafficSaid(deployments);
  switch (act) {
    case 'stop':
      return {
        title: `Stop the endpoint ${name}?`,
        verb: 'Stop endpoint',
        keep: 'Let it answer',
        undo: 'It stays stopped, also after a restart, until two people have released it.',
        reach: `From the next request on nobody gets an answer: ${said} are cut off, shadows with them; ${flow(rate, endpoint)}.`,
      };
    case 'release':
      return {
        title: `Release the endpoint ${name}?`,
        verb: 'Release',
        keep: 'Keep it stopped',
        undo: 'It can be stopped again at any time.',
        reach:
          (endpoint.releases?.length ?? 0) > 0
            ? `${endpoint.releases?.[0]?.by} has released it already. With a second person it answers again: ${said}.`
            : 'Two people are needed. Yours is the first release; nothing answers before somebody else has given theirs.',
      };
    case 'halt':
      return {
        title: `Halt the rollout under ${name}?`,
        verb: 'Halt rollout',
        keep: 'Let it go on',
        undo: 'A person resumes it.',
        reach: `Shares stay as they are (${said}); nobody can widen the canary.`,
      };
    case 'resume':
      return {
        title: `Resume the rollout under ${name}?`,
        verb: 'Resume rollout',
        keep: 'Keep it halted',
        undo: 'It can be halted again at any time.',
        reach: `It was halted: ${endpoint.reason ?? 'nobody gave a reason'} Shares stay (${said}) and may be changed again.`,
      };
    case 'promote':
      return {
        title: `Promote version ${canary?.version ?? ''} under ${name}?`,
        verb: 'Promote',
        keep: 'Not yet',
        undo: champion ? `Rolling back gives version ${champion.version} its place again, while its approval is in force.` : 'It can be rolled back.',
        reach: `Every unit gets version ${canary?.version ?? ''}${champion ? ` in place of version ${champion.version}` : ''}, until now ${canary ? percent(canary.share) : ''}; ${flow(rate, endpoint)}.`,
      };
    case 'rollback':
      return {
        title: `Roll back under ${name}?`,
        verb: 'Roll back',
        keep: 'Leave it',
        undo: 'The version can be deployed again while its approval is in force.',
        reach: '',
      };
  }
}

/** What taking a version out means for those who get it. */
export function rollbackReach({ deployments }: Pick<Endpoint, 'deployments'>, version: number): string {
  const leaving = deployments.find((each) => each.version === version);
  const [champion] = ofRole(deployments, 'champion');
  if (!leaving) {
    return '';
  }
  if (leaving.role === 'shadow') {
    return `Version ${version} answers nobody; it no longer predicts beside the others.`;
  }
  return leaving.role === 'canary'
    ? `The ${percent(leaving.share)} of the units that get version ${version} get version ${champion?.version ?? ''} again.`
    : 'Every unit that gets it gets the champion before it again; where there is none with an approval in force, nothing changes and the answer says so.';
}

/** What to take out first: the canary, else the champion. */
export const firstToLeave = (deployments: readonly Deployment[]): number | undefined =>
  (ofRole(deployments, 'canary')[0] ?? ofRole(deployments, 'champion')[0] ?? deployments[0])?.version;

/** A share typed as per cent, 0 to 1; undefined when it is none that a canary may have. */
export function shareOf(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.').replace(/\s*%$/, '')) / 100;
  return text.trim() !== '' && value > 0 && value < 1 ? value : undefined;
}
