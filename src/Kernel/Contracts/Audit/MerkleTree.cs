using System.Numerics;

namespace Slipway.Kernel.Contracts;

/// <summary>Hash of the complete subtree over the leaves <c>[number · 2^level, (number + 1) · 2^level)</c>; level 0 is a leaf hash.</summary>
public delegate byte[] MerkleNodes(int level, long number);

/// <summary>Roots and proofs of RFC 9162 section 2.1, out of stored hashes of complete subtrees: O(log n) reads each. Pure.</summary>
public static class MerkleTree
{
    /// <summary>MTH of the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, MerkleNodes nodes) => size == 0 ? MerkleHash.Empty : Range(0, size, nodes);

    /// <summary>PATH(index, D[size]) of section 2.1.3.1: the hashes that lead from the leaf to the root, nearest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static List<byte[]> Inclusion(long index, long size, MerkleNodes nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        Path(index, 0, size, nodes, path);
        return path;
    }

    /// <summary>PROOF(from, D[to]) of section 2.1.4.1: that the first <paramref name="from"/> leaves are unchanged; empty when the sizes are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 ≤ from ≤ to.</exception>
    public static List<byte[]> Consistency(long from, long to, MerkleNodes nodes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var proof = new List<byte[]>();
        SubProof(from, 0, to, true, nodes, proof);
        return proof;
    }

    /// <summary>The complete subtrees that a tree of this size is made of, from the left: what is needed to go on appending.</summary>
    public static IEnumerable<(int Level, long Number)> Peaks(long size)
    {
        for (var level = 62; level >= 0; level--)
        {
            if ((size >> level & 1) == 1) { yield return (level, (size >> level) - 1); }
        }
    }

    private static byte[] Range(long start, long count, MerkleNodes nodes)
    {
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return nodes(level, start >> level);
        }

        var left = Split(count);
        return MerkleHash.Node(Range(start, left, nodes), Range(start + left, count - left, nodes));
    }

    private static void Path(long index, long start, long count, MerkleNodes nodes, List<byte[]> path)
    {
        if (count == 1) { return; }

        var left = Split(count);
        if (index < left)
        {
            Path(index, start, left, nodes, path);
            path.Add(Range(start + left, count - left, nodes));
        }
        else
        {
            Path(index - left, start + left, count - left, nodes, path);
            path.Add(Range(start, left, nodes));
        }
    }

    private static void SubProof(long from, long start, long count, bool known, MerkleNodes nodes, List<byte[]> proof)
    {
        if (from == count)
        {
            if (!known) { proof.Add(Range(start, count, nodes)); }

            return;
        }

        var left = Split(count);
        if (from <= left)
        {
            SubProof(from, start, left, known, nodes, proof);
            proof.Add(Range(start + left, count - left, nodes));
        }
        else
        {
            SubProof(from - left, start + left, count - left, false, nodes, proof);
            proof.Add(Range(start, left, nodes));
        }
    }

    /// <summary>The largest power of two below <paramref name="count"/>.</summary>
    private static long Split(long count) => 1L << BitOperations.Log2((ulong)(count - 1));
}
