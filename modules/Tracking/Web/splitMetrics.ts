import type { RunDetail } from './queries';

type Latest = RunDetail['latest'];

/** Metrics that went over steps get a chart; those that stand at step 0 are one value each and are listed. By name, capitals and figures as people sort them. */
export function splitMetrics(latest: Latest): { series: Latest; single: Latest } {
  const ordered = [...latest].sort((a, b) => collator.compare(a.key, b.key));
  return { series: ordered.filter(({ step }) => step !== 0), single: ordered.filter(({ step }) => step === 0) };
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
