import { counted } from '@/parts/format';
import { leafHash, rootOf, statedBy } from './merkle';
import type { Proof } from './queries';

/** One thing that was checked, and how it came out. */
export interface Check {
  ok: boolean;
  text: string;
}

/** Follows a proof from the entry's own bytes to the signed root. What it cannot do is check the signature: its key must come another way than from this server. */
export async function checkProof(proof: Proof): Promise<Check[]> {
  const entry = Uint8Array.from(atob(proof.entry), (sign) => sign.charCodeAt(0));
  const leaf = await leafHash(entry);
  const root = await rootOf(leaf, proof.index, proof.size, proof.hashes);
  const stated = statedBy(proof.checkpoint);
  return [
    { ok: leaf === proof.leafHash.toLowerCase(), text: 'The hash of the entry, as it is stored, is the leaf' },
    {
      ok: root !== undefined && root === proof.root.toLowerCase(),
      text: `From the leaf at ${proof.index}, ${counted('sibling', proof.hashes.length)} lead to the root`,
    },
    {
      ok: stated !== undefined && stated.size === proof.size && stated.root === root,
      text: `The signed checkpoint states this root for ${proof.size} entries`,
    },
  ];
}
