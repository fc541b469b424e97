namespace Slipway.Kernel.Contracts;

/// <summary>Checks proofs without the tree, by the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2. Pure.</summary>
public static class MerkleProof
{
    /// <summary>True when the leaf stands at <paramref name="index"/> in the tree of this size and root.</summary>
    public static bool Includes(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index < 0 || index >= size) { return false; }

        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0) { return false; }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0) { (node, last) = (node >> 1, last >> 1); }
            }
            else { hash = MerkleHash.Node(hash, sibling); }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>True when the tree of size <paramref name="from"/> is the beginning of that of size <paramref name="to"/>.</summary>
    public static bool Extends(long from, long to, IReadOnlyList<byte[]> proof, byte[] fromRoot, byte[] toRoot)
    {
        if (from < 1 || from > to) { return false; }

        if (from == to) { return proof.Count == 0 && fromRoot.AsSpan().SequenceEqual(toRoot); }

        var path = (from & (from - 1)) == 0 ? [fromRoot, .. proof] : proof;
        if (path.Count == 0) { return false; }

        var (node, last) = (from - 1, to - 1);
        while ((node & 1) == 1) { (node, last) = (node >> 1, last >> 1); }

        var (old, now) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0) { return false; }

            if ((node & 1) == 1 || node == last)
            {
                (old, now) = (MerkleHash.Node(sibling, old), MerkleHash.Node(sibling, now));
                while ((node & 1) == 0 && node != 0) { (node, last) = (node >> 1, last >> 1); }
            }
            else { now = MerkleHash.Node(now, sibling); }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && old.AsSpan().SequenceEqual(fromRoot) && now.AsSpan().SequenceEqual(toRoot);
    }
}
