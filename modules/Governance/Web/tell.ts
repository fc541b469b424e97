import type { Fact, Told } from '@/module';
import { approvalPath, entryPath, exceptionsPath, policyPath } from './places';

const ends: Record<string, string> = {
  'approval.requested': 'approval asked for',
  'approval.refused': 'approval refused',
  'approval.expired': 'approval expired',
  'approval.withdrawn': 'approval withdrawn',
};

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What happened to the inventory, the policy, an approval or an exception, in words. */
export function tell({ kind, detail }: Fact, workspace: string): Told | undefined {
  const { model, version, approvalId, exceptionId, requirement, tier, byName, reason } = detail;
  if (kind === 'policy.changed') {
    return typeof version === 'number' ? { before: 'policy', name: `version ${version}`, after: 'is in force', path: policyPath(workspace, version) } : undefined;
  }
  if (typeof model !== 'string') {
    return undefined;
  }
  if (kind === 'inventory.changed') {
    return { before: 'inventory entry', name: model, after: typeof tier === 'number' ? `written, tier ${tier}` : 'written', path: entryPath(workspace, model) };
  }
  if (typeof exceptionId === 'string') {
    const path = exceptionsPath(workspace, exceptionId);
    const name = text(requirement) ?? model;
    if (kind === 'exception.granted') {
      return { before: `exception for ${model}`, name, after: text(byName) === undefined ? 'granted' : `granted by ${String(byName)}`, path };
    }
    return kind === 'exception.ended' ? { before: 'exception for', name: model, after: reason === 'expired' ? 'expired' : 'withdrawn', path } : undefined;
  }
  if (typeof approvalId !== 'string') {
    return undefined;
  }
  const one = { before: '', name: `${model} version ${String(version)}`, path: approvalPath(workspace, approvalId) };
  if (kind === 'approval.signed') {
    return { ...one, after: text(byName) === undefined ? 'signed' : `signed by ${String(byName)}` };
  }
  if (kind === 'approval.granted') {
    const [signedBy, exceptions] = [texts(detail.signedBy), texts(detail.exceptions)];
    const with_ = exceptions.length === 0 ? '' : exceptions.length === 1 ? ', with an exception' : `, with ${exceptions.length} exceptions`;
    return { ...one, after: `approved${signedBy.length > 0 ? ` by ${signedBy.join(' and ')}` : ''}${with_}` };
  }
  if (kind === 'approval.voided') {
    const fields = texts(detail.fields);
    const more = fields.length > 2 ? ` and ${fields.length - 2} more` : '';
    return { ...one, after: fields.length > 0 ? `approval voided: ${fields.slice(0, 2).join(', ')}${more} changed` : 'approval voided' };
  }
  if (kind === 'approval.refused' && text(byName) !== undefined) {
    return { ...one, after: `approval refused by ${String(byName)}` };
  }
  const after = ends[kind];
  return after === undefined ? undefined : { ...one, after };
}
