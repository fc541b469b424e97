using System.Security.Cryptography;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel.Tests;

/// <summary>Against the recursive definitions of RFC 9162 section 2.1 written out anew here, and against the vectors of the Certificate Transparency reference implementation.</summary>
public sealed class MerkleTreeTests
{
    private static readonly byte[][] Reference = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_equal_those_of_the_reference_implementation(int size, string root)
    {
        var tree = Tree.Of(Reference[..size]);

        Assert.Equal(root, Convert.ToHexStringLower(tree.Frontier.Root()));
        Assert.Equal(root, Convert.ToHexStringLower(MerkleTree.Root(size, tree.Nodes)));
        Assert.Equal(root, Convert.ToHexStringLower(Mth(Reference[..size])));
    }

    [Fact]
    public void Every_proof_of_every_tree_up_to_70_leaves_equals_the_definition_and_verifies()
    {
        var leaves = Leaves(70);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var some = leaves[..size];
            var tree = Tree.Of(some);
            var root = Mth(some);
            Assert.Equal(root, tree.Frontier.Root());
            for (var i = 0; i < size; i++)
            {
                var path = MerkleTree.Inclusion(i, size, tree.Nodes);
                Assert.Equal(Path(i, some), path);
                Assert.True(MerkleProof.Includes(MerkleHash.Leaf(some[i]), i, size, path, root));
                var proof = MerkleTree.Consistency(i + 1, size, tree.Nodes);
                Assert.Equal(i + 1 == size ? [] : SubProof(i + 1, some, true), proof);
                Assert.True(MerkleProof.Extends(i + 1, size, proof, Mth(some[..(i + 1)]), root));
            }
        }
    }

    [Fact]
    public void A_proof_of_anything_else_is_refused()
    {
        var leaves = Leaves(40);
        var tree = Tree.Of(leaves);
        var root = Mth(leaves);
        for (var i = 0; i < leaves.Length; i++)
        {
            var (leaf, path) = (MerkleHash.Leaf(leaves[i]), MerkleTree.Inclusion(i, 40, tree.Nodes));
            Assert.False(MerkleProof.Includes(MerkleHash.Leaf([0xff]), i, 40, path, root));
            Assert.False(MerkleProof.Includes(leaf, (i + 1) % 40, 40, path, root));
            Assert.False(MerkleProof.Includes(leaf, i, 40, path[..^1], root));
            Assert.False(MerkleProof.Includes(leaf, i, 40, [.. path, root], root));
            Assert.False(MerkleProof.Includes(leaf, 40, 40, path, root));
            Assert.False(MerkleProof.Includes(leaf, -1, 40, path, root));
            if (i == 39) { continue; }

            var (old, proof) = (Mth(leaves[..(i + 1)]), MerkleTree.Consistency(i + 1, 40, tree.Nodes));
            Assert.False(MerkleProof.Extends(i + 1, 40, proof, Mth(Leaves(i + 1, seed: 2)), root));
            Assert.False(MerkleProof.Extends(i + 1, 40, proof, old, old));
            Assert.False(MerkleProof.Extends(i + 1, 40, [.. proof, root], old, root));
            Assert.False(MerkleProof.Extends(i + 1, 40, proof[..^1], old, root));
        }
    }

    [Fact]
    public void A_tree_of_a_million_leaves_needs_at_most_20_hashes_and_few_reads()
    {
        var reads = 0;
        var path = MerkleTree.Inclusion(777_777, 1_000_000, (_, _) => { reads++; return new byte[32]; });

        Assert.InRange(path.Count, 1, 20);
        Assert.InRange(reads, 1, 40);
    }

    [Fact]
    public void Appending_goes_on_from_the_right_edge_alone()
    {
        var leaves = Leaves(50);
        var tree = Tree.Of(leaves[..37]);

        var continued = new MerkleFrontier(37, MerkleTree.Peaks(37).Select(peak => tree.Nodes(peak.Level, peak.Number)));
        foreach (var leaf in leaves[37..]) { continued.Append(MerkleHash.Leaf(leaf)); }

        Assert.Equal(Mth(leaves), continued.Root());
    }

    private static byte[][] Leaves(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var leaf = new byte[random.Next(40)];
            random.NextBytes(leaf);
            return leaf;
        })];
    }

    // MTH, PATH and SUBPROOF as RFC 9162 writes them.
    private static byte[] Mth(byte[][] d) => d.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. d[0]]),
        _ => SHA256.HashData([1, .. Mth(d[..K(d.Length)]), .. Mth(d[K(d.Length)..])]),
    };

    private static List<byte[]> Path(int m, byte[][] d) => d.Length == 1 ? []
        : m < K(d.Length) ? [.. Path(m, d[..K(d.Length)]), Mth(d[K(d.Length)..])]
        : [.. Path(m - K(d.Length), d[K(d.Length)..]), Mth(d[..K(d.Length)])];

    private static List<byte[]> SubProof(int m, byte[][] d, bool b) => m == d.Length ? (b ? [] : [Mth(d)])
        : m <= K(d.Length) ? [.. SubProof(m, d[..K(d.Length)], b), Mth(d[K(d.Length)..])]
        : [.. SubProof(m - K(d.Length), d[K(d.Length)..], false), Mth(d[..K(d.Length)])];

    private static int K(int n)
    {
        var k = 1;
        while (k * 2 < n) { k *= 2; }

        return k;
    }

    private sealed record Tree(MerkleFrontier Frontier, Dictionary<(int, long), byte[]> Stored)
    {
        public byte[] Nodes(int level, long number) => Stored[(level, number)];

        public static Tree Of(byte[][] entries)
        {
            var tree = new Tree(new MerkleFrontier(), []);
            foreach (var entry in entries)
            {
                var leaf = MerkleHash.Leaf(entry);
                tree.Stored[(0, tree.Frontier.Size)] = leaf;
                tree.Frontier.Append(leaf, (level, number, hash) => tree.Stored[(level, number)] = hash);
            }

            return tree;
        }
    }
}
