import { expect, test } from 'vitest';
import { checkProof } from './checkProof';
import { bytesOf, hex, leafHash, nodeHash, rootOf, statedBy } from './merkle';

// The eight inputs and the roots over the first n of them are those of certificate transparency's reference tests, after RFC 6962 section 2.1.
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

async function root(leaves: string[]): Promise<string> {
  if (leaves.length === 1) {
    return leaves[0] as string;
  }
  const left = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(await root(leaves.slice(0, left)), await root(leaves.slice(left)));
}

async function path(index: number, leaves: string[]): Promise<string[]> {
  if (leaves.length === 1) {
    return [];
  }
  const left = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return index < left
    ? [...(await path(index, leaves.slice(0, left))), await root(leaves.slice(left))]
    : [...(await path(index - left, leaves.slice(left))), await root(leaves.slice(0, left))];
}

const leaves = (size: number) => Promise.all(inputs.slice(0, size).map((input) => leafHash(bytesOf(input))));

test.each(roots.map((expected, at) => [at + 1, expected] as const))('every proof in a tree of %d leads to the published root', async (size, expected) => {
  const all = await leaves(size);

  for (let index = 0; index < size; index += 1) {
    expect(await rootOf(all[index] as string, index, size, await path(index, all))).toBe(expected);
  }
});

test('a proof for another place, of another length or with a bent hash does not lead there', async () => {
  const all = await leaves(7);
  const proof = await path(2, all);
  const leaf = all[2] as string;

  expect(await rootOf(leaf, 3, 7, proof)).not.toBe(roots[6]);
  expect(await rootOf(leaf, 2, 7, proof.slice(1))).toBeUndefined();
  expect(await rootOf(leaf, 2, 7, [...proof, leaf])).toBeUndefined();
  expect(await rootOf(leaf, 7, 7, proof)).toBeUndefined();
  expect(await rootOf(leaf, 2, 7, [`f${proof[0]?.slice(1)}`, ...proof.slice(1)])).not.toBe(roots[6]);
});

test('a tree of more than 2³² leaves has its proofs, too', async () => {
  const leaf = await leafHash(bytesOf('00'));

  expect(await rootOf(leaf, 2 ** 33, 2 ** 33 + 1, [leaf])).toBe(await nodeHash(leaf, leaf));
});

test('a checkpoint states its size and root', () => {
  expect(statedBy(`slipway/x\n7\n${btoa('\u0001\u00ff')}\ntime-ms 1\n`)).toEqual({ origin: 'slipway/x', size: 7, root: '01ff' });
  expect(statedBy('nothing of the kind')).toBeUndefined();
});

test('a proof is checked from the bytes of the entry to the checkpoint, and each lie is found', async () => {
  const all = await leaves(8);
  const rootBytes = String.fromCharCode(...bytesOf(roots[7] as string));
  const proof = {
    entry: btoa(String.fromCharCode(...bytesOf(inputs[3] as string))),
    leafHash: all[3] as string,
    index: 3,
    size: 8,
    hashes: await path(3, all),
    root: roots[7] as string,
    checkpoint: `slipway/x\n8\n${btoa(rootBytes)}\ntime-ms 1\nprevious 7\n\n`,
  };
  const verdicts = async (lie: Partial<typeof proof>) => (await checkProof({ ...proof, ...lie })).map(({ ok }) => ok);

  expect(await verdicts({})).toEqual([true, true, true]);
  expect(await verdicts({ entry: btoa('another') })).toEqual([false, false, false]);
  expect(await verdicts({ root: hex(bytesOf('00'.repeat(32))) })).toEqual([true, false, true]);
  expect(await verdicts({ checkpoint: proof.checkpoint.replace('\n8\n', '\n9\n') })).toEqual([true, true, false]);
});
