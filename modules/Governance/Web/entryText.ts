import type { TextFault } from '@/parts/TextEditor';
import { asProblem } from '@/api/problem';
import type { Entry } from './queries';

const quoted = (text: string): string => JSON.stringify(text);
const list = (name: string, items: readonly string[]): string[] =>
  items.length === 0 ? [`${name}: []`] : [`${name}:`, ...items.map((item) => `  - ${quoted(item)}`)];

/** An entry as the YAML that gives it; texts as JSON strings, which YAML reads alike. */
export function textOf(entry: Entry): string {
  const { population, decisions } = entry.conditions ?? {};
  return [
    `purpose: ${quoted(entry.purpose)}`,
    `useCase: ${quoted(entry.useCase)}`,
    ...(entry.owner == null ? [] : [`owner: ${quoted(entry.owner.id)} # ${entry.owner.name.replaceAll(/\s+/g, ' ')}`]),
    ...list('approvedUses', entry.approvedUses),
    'factors:',
    ...Object.entries(entry.factors).map(([name, { score, reason }]) => `  ${quoted(name)}: { score: ${score}, reason: ${quoted(reason)} }`),
    ...(entry.conditions == null ? [] : ['conditions:']),
    ...(population == null
      ? []
      : [
          `  population: { maximumPsi: ${population.maximumPsi}${population.features == null ? '' : `, features: [${population.features.map(quoted).join(', ')}]`} }`,
        ]),
    ...(decisions == null || decisions.length === 0
      ? []
      : ['  decisions:', ...decisions.map(({ decision, low, high }) => `    - { decision: ${quoted(decision)}, low: ${low}, high: ${high} }`)]),
    '',
  ].join('\n');
}

/** What a first entry says, to be filled in. */
export const template = (owner: string): string =>
  [
    '# What the model is for, and the business decision that it serves.',
    'purpose: ""',
    'useCase: ""',
    '# The person who answers for it: a name or an id. The owner does not sign for it.',
    `owner: ${quoted(owner)}`,
    'approvedUses:',
    '  - ""',
    '# From 1 (little) to 5 (much); exposure and purpose must be there, others sharpen the tier.',
    'factors:',
    '  exposure: { score: 3, reason: "" }',
    '  purpose: { score: 3, reason: "" }',
    '# What must stay true in production, such as:',
    '# conditions:',
    '#   population: { maximumPsi: 0.25 }',
    '#   decisions:',
    '#     - { decision: deny, low: 0.1, high: 0.4 }',
    '',
  ].join('\n');

/** The faults of a text that was refused, by line; none when it was refused for another reason. */
export function faultsOf(error: unknown): TextFault[] {
  return asProblem(error).faults.map(({ field, detail }) => {
    const found = /^Line (\d+): (.*)$/s.exec(detail);
    return found?.[1] ? { line: Number(found[1]), detail: found[2] ?? detail } : { detail: field === '' ? detail : `${field}: ${detail}` };
  });
}
