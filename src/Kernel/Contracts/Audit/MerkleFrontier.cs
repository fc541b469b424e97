namespace Slipway.Kernel.Contracts;

/// <summary>The right edge of a tree: all that is needed to append leaves and to know the root. Not thread safe.</summary>
public sealed class MerkleFrontier
{
    private readonly List<byte[]> _peaks;

    /// <summary>The tree without leaves.</summary>
    public MerkleFrontier()
        : this(0, [])
    {
    }

    /// <param name="peaks">Hashes of <see cref="MerkleTree.Peaks"/> of this size.</param>
    public MerkleFrontier(long size, IEnumerable<byte[]> peaks) => (Size, _peaks) = (size, [.. peaks]);

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>Appends a leaf; tells each subtree of two leaves and more that it completes, lowest first.</summary>
    public void Append(byte[] leafHash, Action<int, long, byte[]>? completed = null)
    {
        var hash = leafHash;
        for (var level = 0; (Size >> level & 1) == 1; level++)
        {
            hash = MerkleHash.Node(_peaks[^1], hash);
            _peaks.RemoveAt(_peaks.Count - 1);
            completed?.Invoke(level + 1, Size >> (level + 1), hash);
        }

        _peaks.Add(hash);
        Size++;
    }

    public byte[] Root()
    {
        if (_peaks.Count == 0) { return MerkleHash.Empty; }

        var root = _peaks[^1];
        for (var i = _peaks.Count - 2; i >= 0; i--) { root = MerkleHash.Node(_peaks[i], root); }

        return root;
    }
}
