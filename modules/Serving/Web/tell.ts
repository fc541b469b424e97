import { percent } from '@/parts/bars';
import type { Fact, Told } from '@/module';
import { endpointPath } from './queries';

/** What happened to an endpoint or its rollout, in words. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { endpoint, model, reason, version, from, to, by } = detail;
  if (typeof endpoint !== 'string' || !/^(endpoint|rollout)\./.test(kind)) {
    return undefined;
  }
  const told = { before: 'endpoint', name: endpoint, path: endpointPath(workspace, endpoint) };
  const because = typeof reason === 'string' && reason !== '' ? `: ${reason}` : '';
  switch (kind) {
    case 'endpoint.created':
      return { ...told, after: `made for ${String(model)}` };
    case 'endpoint.deleted':
      return { before: 'endpoint', name: endpoint, after: 'deleted' };
    case 'endpoint.trafficChanged':
      return { ...told, after: `now runs ${sharesOf(detail.deployments)}` };
    case 'endpoint.stopped':
      return { ...told, after: `stopped${because}` };
    case 'endpoint.released':
      return { ...told, after: `released by ${Array.isArray(by) ? by.join(' and ') : 'two people'}` };
    case 'rollout.halted':
      return { ...told, before: 'rollout under', after: `halted${typeof version === 'number' ? ` at version ${version}` : ''}${because}` };
    case 'rollout.rolledBack':
      return { ...told, before: 'rollout under', after: `rolled back from version ${String(from)} to ${String(to)}${because}` };
    default:
      return undefined;
  }
}

/** `version 1 at 90.0 %, version 2 at 10.0 %`. */
function sharesOf(deployments: unknown): string {
  const said = (Array.isArray(deployments) ? (deployments as Record<string, unknown>[]) : []).flatMap(({ version, share, role }) =>
    typeof version !== 'number' ? [] : [String(role).toLowerCase() === 'shadow' ? `version ${version} as shadow` : `version ${version} at ${percent(Number(share))}`],
  );
  return said.length === 0 ? 'nothing' : said.join(', ');
}
