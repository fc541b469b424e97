/** What had been answered at a moment. */
export interface Sample {
  atMs: number;
  requests: number;
  refused: number;
  failed: number;
}

const keptMs = 60_000;
const leastMs = 2_500;

/** The samples of the last minute with one more; counters that went back mean that a process began anew, and so do the samples. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last && (next.requests < last.requests || next.refused < last.refused || next.failed < last.failed)) {
    return [next];
  }
  if (last && next.atMs - last.atMs < 500) {
    return samples;
  }
  const recent = samples.filter(({ atMs }) => next.atMs - atMs <= keptMs);
  return [...recent, next];
}

/** Requests of every outcome per minute over the samples; undefined before there is anything to compare. */
export function perMinute(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < leastMs) {
    return undefined;
  }
  const all = ({ requests, refused, failed }: Sample) => requests + refused + failed;
  return ((all(last) - all(first)) / (last.atMs - first.atMs)) * 60_000;
}
