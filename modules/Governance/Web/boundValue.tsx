import { Digest } from '@/parts/Digest';

/** A bound value that is more than text: digests and ids are shown short, with the whole in the title. */
export function boundValue(text: string) {
  return /^[0-9a-f]{64}$/.test(text) ? <Digest value={text} /> : /^[0-9a-f]{32}$/.test(text) ? <code title={text}>…{text.slice(-8)}</code> : undefined;
}
