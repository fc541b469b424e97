/** RFC 9162 section 2.1: hashes of a Merkle tree with SHA-256, by the browser's own cryptography. */

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

export const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** SHA-256(0x00 ‖ entry), in hex. */
export const leafHash = (entry: Uint8Array): Promise<string> => sha256(Uint8Array.from([0, ...entry]));

/** SHA-256(0x01 ‖ left ‖ right), all in hex. */
export const nodeHash = (left: string, right: string): Promise<string> => sha256(Uint8Array.from([1, ...bytesOf(left), ...bytesOf(right)]));

/**
 * The root that an inclusion proof leads to (section 2.1.3.2).
 * @param leaf hash of the leaf, in hex
 * @param index place of the leaf, from 0
 * @param size leaves of the tree
 * @param hashes siblings from the leaf to the root, in hex
 * @returns undefined when the proof has not the length that this place in this tree needs
 */
export async function rootOf(leaf: string, index: number, size: number, hashes: readonly string[]): Promise<string | undefined> {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return undefined;
  }
  // Plain division instead of shifts: JavaScript's shifts end at 32 bits, trees do not.
  let node = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of hashes) {
    if (last === 0) {
      return undefined;
    }
    if (node % 2 === 1 || node === last) {
      root = await nodeHash(sibling, root);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      root = await nodeHash(root, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? root : undefined;
}

/** Size and root that a checkpoint (C2SP tlog-checkpoint) states: its second and third line. */
export function statedBy(checkpoint: string): { origin: string; size: number; root: string } | undefined {
  const [origin = '', size = '', root = ''] = checkpoint.split('\n');
  if (!/^\d+$/.test(size)) {
    return undefined;
  }
  try {
    return { origin, size: Number(size), root: hex(Uint8Array.from(atob(root), (sign) => sign.charCodeAt(0))) };
  } catch {
    return undefined;
  }
}
