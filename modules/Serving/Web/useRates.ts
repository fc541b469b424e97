import { useRef } from 'react';
import type { Endpoint } from './queries';
import { perMinute, withSample, type Sample } from './rate';

/** Requests per minute by endpoint, from the counters of successive readings; undefined until two of them lie apart. */
export function useRates(endpoints: readonly Pick<Endpoint, 'name' | 'counts'>[], readMs: number): ReadonlyMap<string, number | undefined> {
  const kept = useRef(new Map<string, readonly Sample[]>());
  const rates = new Map<string, number | undefined>();
  for (const { name, counts } of endpoints) {
    const samples = withSample(kept.current.get(name) ?? [], { atMs: readMs, requests: counts.requests, refused: counts.refused, failed: counts.failed });
    kept.current.set(name, samples);
    rates.set(name, perMinute(samples));
  }
  return rates;
}
