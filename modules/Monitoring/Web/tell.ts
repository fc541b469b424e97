import { percent } from '@/parts/bars';
import { figure } from '@/parts/format';
import type { Fact, Told } from '@/module';
import { modelPath } from './places';
import { monitorPath } from './queries';
import { aspectNames, verdictWords } from './verdicts';

/** What a monitor found, in words. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { endpoint, model, version, aspect, verdict, reason } = detail;
  if (kind === 'retraining.requested' && typeof model === 'string') {
    return { before: 'retraining of', name: model, after: `asked for: ${String(reason)}`, path: modelPath(workspace, model) };
  }
  if (typeof endpoint !== 'string' || (typeof version !== 'number' && kind !== 'monitor.defined')) {
    return undefined;
  }
  const told = { before: 'monitor', name: endpoint, path: monitorPath(workspace, endpoint) };
  switch (kind) {
    case 'monitor.changed':
      return { ...told, after: `${aspectNames[String(aspect)] ?? String(aspect)} of version ${version}: ${verdictWords[String(verdict)] ?? String(verdict)}` };
    case 'monitor.defined':
      return { ...told, after: 'has another definition' };
    case 'drift.detected':
      return { ...told, after: `the population of version ${version} has drifted${featuresOf(detail.features)}` };
    case 'envelope.broken':
      return {
        ...told,
        after: `version ${version} says ${String(detail.decision)} in ${percent(Number(detail.share))}, outside ${percent(Number(detail.low))} to ${percent(Number(detail.high))}`,
      };
    default:
      return undefined;
  }
}

/** `: income (PSI 0.31), ratio (PSI 0.26)`, three at most. */
function featuresOf(features: unknown): string {
  const list = Array.isArray(features) ? (features as Record<string, unknown>[]) : [];
  const said = list.slice(0, 3).map(({ feature, psi }) => `${String(feature)} (PSI ${figure(Number(Number(psi).toPrecision(2)))})`);
  return said.length === 0 ? '' : `: ${said.join(', ')}${list.length > 3 ? ` and ${list.length - 3} more` : ''}`;
}
