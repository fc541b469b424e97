using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>Proofs out of the stored subtrees.</summary>
internal static class AuditTree
{
    public static List<byte[]> Inclusion(ReadTx tx, long index, long size) => WithNodes(tx, nodes => MerkleTree.Inclusion(index, size, nodes));

    public static List<byte[]> Consistency(ReadTx tx, long from, long to) => WithNodes(tx, nodes => MerkleTree.Consistency(from, to, nodes));

    /// <summary>The right edge, to append to.</summary>
    public static MerkleFrontier Frontier(ReadTx tx, long size)
    {
        var peaks = MerkleTree.Peaks(size).ToList();
        var hashes = AuditStore.Nodes(tx, peaks);
        return new MerkleFrontier(size, peaks.Select(peak => hashes[peak]));
    }

    /// <summary>Runs the computation dry to learn which subtrees it wants, reads them at once, runs it again.</summary>
    private static T WithNodes<T>(ReadTx tx, Func<MerkleNodes, T> compute)
    {
        var wanted = new HashSet<(int, long)>();
        var nothing = new byte[MerkleHash.Size];
        compute((level, number) =>
        {
            wanted.Add((level, number));
            return nothing;
        });
        var hashes = AuditStore.Nodes(tx, wanted);
        return compute((level, number) => hashes[(level, number)]);
    }
}
