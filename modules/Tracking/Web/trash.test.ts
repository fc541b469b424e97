import { describe, expect, it } from 'vitest';
import { trashColumns, type PurgeReport, whatGoes } from './trash';

const report = (part: Partial<PurgeReport>): PurgeReport => ({ dryRun: true, runs: 0, experiments: 0, loggedModels: 0, artifacts: 0, artifactBytes: 0, kept: [], more: false, ...part });

describe('what a purge erases', () => {
  it('names only the kinds of which something goes', () => {
    expect(whatGoes(report({ loggedModels: 1, artifacts: 2 }))).toMatch(/^1 logged model goes for good, .* and 2 files/);
    expect(whatGoes(report({ runs: 1, experiments: 1 }))).toMatch(/^1 run and 1 experiment go for good/);
  });

  it('says when nothing goes, and when a call does not reach everything', () => {
    expect(whatGoes(report({}))).toBe('Nothing goes.');
    expect(whatGoes(report({ runs: 500, more: true }))).toMatch(/^500 runs and more go for good/);
  });
});

it.each([
  ['run', false, 'name experiment deleted goes id'],
  ['loggedModel', false, 'name experiment deleted goes id'],
  ['experiment', false, 'name deleted goes id'],
  ['run', true, 'name goes'],
] as const)('the trash shows of a deleted %s (narrow: %s): %s', (kind, narrow, shown) => {
  expect(trashColumns(kind, narrow).map(({ id }) => id).join(' ')).toBe(shown);
});
