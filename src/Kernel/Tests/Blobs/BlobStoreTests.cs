using System.Security.Cryptography;

namespace Slipway.Kernel.Tests;

/// <summary>What holds of blobs wherever they are kept; each store brings its own way past itself, to what it has stored.</summary>
public abstract class BlobStoreTests : IAsyncLifetime
{
    /// <summary>How many bytes are flipped where a store is tried at many places; each needs several requests to a bucket.</summary>
    protected abstract int Flips { get; }

    protected abstract IBlobStore Store { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task A_stream_that_is_disposed_twice_gives_its_memory_back_once()
    {
        const int size = 700_000;
        var blob = await Put(Random(size));
        var stream = await Store.Open(blob.Digest, default);
        _ = await stream.ReadAsync(new byte[1]);

        await stream.DisposeAsync();
        await stream.DisposeAsync();

        // A buffer that is in the pool twice comes out twice.
        var lent = Enumerable.Range(0, 20).Select(_ => System.Buffers.ArrayPool<byte>.Shared.Rent(size)).ToList();
        Assert.Equal(lent.Count, lent.Distinct(ReferenceEqualityComparer.Instance).Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(5_000_000)]
    public async Task What_is_put_is_given_back_whole_and_in_parts(int size)
    {
        var content = Random(size);

        var blob = await Put(content);

        Assert.Equal(new BlobInfo(Convert.ToHexStringLower(SHA256.HashData(content)), size), blob);
        Assert.Equal(blob, await Store.Find(blob.Digest, default));
        Assert.Equal(content, await Read(blob.Digest, null));
        await Store.Check(blob.Digest, default);
        foreach (var (offset, length) in new (long, long)[] { (0, size), (size / 2, size - (size / 2)), (size / 3, size / 3), (size, 0) })
        {
            Assert.Equal(content[(int)offset..(int)(offset + length)], await Read(blob.Digest, new BlobRange(offset, length)));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Read(blob.Digest, new BlobRange(size, 1)));
    }

    [Fact]
    public async Task A_part_begins_and_ends_anywhere_in_any_chunk()
    {
        var content = Random((4 << 20) + 77);
        var blob = await Put(content);
        const int chunk = 1 << 20;

        foreach (var (offset, length) in new (int, int)[] { (chunk - 1, 2), (chunk, chunk), (5, chunk), (chunk - 5, (2 * chunk) + 10), ((4 * chunk) - 1, 78), (0, 0), ((4 * chunk) + 70, 7) })
        {
            Assert.Equal(content[offset..(offset + length)], await Read(blob.Digest, new BlobRange(offset, length)));
        }
    }

    [Fact]
    public async Task A_taker_that_fails_or_leaves_gets_its_own_error_and_harms_no_other()
    {
        var content = Random(4_000_000);
        var blob = await Put(content);
        for (var i = 0; i < 5; i++)
        {
            using var leaves = new CancellationTokenSource();

            await Assert.ThrowsAsync<EndOfStreamException>(() => Store.CopyTo(blob.Digest, null, new Taker(1_500_000, () => throw new EndOfStreamException("the client left")), default));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CopyTo(blob.Digest, null, new Taker(1_500_000, leaves.Cancel), leaves.Token));
            Assert.Equal(content, await Read(blob.Digest, null));
        }
    }

    [Fact]
    public async Task A_stream_reads_and_seeks_across_chunks()
    {
        var content = Random(3_000_000);
        var blob = await Put(content);

        await using var stream = await Store.Open(blob.Digest, default);
        var part = new byte[1_500_000];
        stream.Position = 900_000;
        await stream.ReadExactlyAsync(part);
        stream.Seek(-10, SeekOrigin.End);
        var end = new byte[20];

        Assert.Equal(content[900_000..2_400_000], part);
        Assert.Equal(10, await stream.ReadAtLeastAsync(end, 20, throwOnEndOfStream: false));
        Assert.Equal(content[^10..], end[..10]);
    }

    [Fact]
    public async Task A_stream_that_trickles_makes_the_same_blob()
    {
        var content = Random(2_500_000);

        var blob = await Store.Put(new Trickle(content), default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), blob.Digest);
        Assert.Equal(content, await Read(blob.Digest, null));
    }

    [Fact]
    public async Task Every_flipped_byte_of_a_small_store_is_found()
    {
        foreach (var size in (int[])[10, 4_000, 6_000]) { await Put(Random(size)); }

        foreach (var name in await Names())
        {
            var good = await Raw(name);
            for (var at = 0; at < good.Length; at += Math.Max(1, good.Length * 3 / Flips))
            {
                var bad = good.ToArray();
                bad[at] ^= 0x40;
                await SetRaw(name, bad);
                Assert.Equal(0, (await Assert.ThrowsAsync<BlobCorruptException>(() => Read(DigestOf(name), null))).Chunk);
            }

            await SetRaw(name, good);
            await Store.Check(DigestOf(name), default);
        }
    }

    [Fact]
    public async Task Random_flips_of_a_larger_store_are_found_and_nothing_false_is_given_out()
    {
        var whole = new Dictionary<string, byte[]>();
        foreach (var size in (int[])[300_000, 1_200_000, 3_300_000])
        {
            var content = Random(size);
            whole[(await Put(content)).Digest] = content;
        }

        var random = new Random(11);
        var names = await Names();
        Assert.Equal(5, names.Count);
        foreach (var name in names)
        {
            var good = await Raw(name);
            for (var i = 0; i < Math.Max(2, Flips / 50); i++)
            {
                var at = random.Next(good.Length);
                var bad = good.ToArray();
                bad[at] ^= 1;
                await SetRaw(name, bad);
                using var out_ = new MemoryStream();

                var found = await Assert.ThrowsAsync<BlobCorruptException>(() => Store.CopyTo(DigestOf(name), null, out_, default));

                Assert.Equal(DigestOf(name), found.Digest);
                if (!name.EndsWith(".chunks", StringComparison.Ordinal)) { Assert.Equal(at / BlobChunks.ChunkBytes, found.Chunk); }

                Assert.True(whole[found.Digest].AsSpan().StartsWith(out_.ToArray()));
            }

            await SetRaw(name, good);
        }
    }

    [Fact]
    public async Task A_range_outside_the_bad_chunk_is_still_given_out()
    {
        var content = Random(3_000_000);
        var blob = await Put(content);
        var bad = content.ToArray();
        bad[10] ^= 1;
        await SetRaw(NameOf(blob.Digest), bad);

        Assert.Equal(content[2_000_000..2_500_000], await Read(blob.Digest, new BlobRange(2_000_000, 500_000)));
        Assert.Equal(0, (await Assert.ThrowsAsync<BlobCorruptException>(() => Read(blob.Digest, new BlobRange(1_000_000, 500_000)))).Chunk);
    }

    [Theory]
    [InlineData(3_000_000)]
    [InlineData(5_000)]
    public async Task A_truncated_or_lengthened_blob_is_found(int size)
    {
        var content = Random(size);
        var blob = await Put(content);
        foreach (var length in (int[])[size - 1, size + 1, 0, 500])
        {
            var other = new byte[length];
            content.AsSpan(0, Math.Min(length, size)).CopyTo(other);
            await SetRaw(NameOf(blob.Digest), other);

            await Assert.ThrowsAsync<BlobCorruptException>(() => Read(blob.Digest, null));
        }
    }

    [Fact]
    public async Task Putting_the_content_again_repairs_a_corrupt_blob()
    {
        var content = Random(2_000_000);
        var blob = await Put(content);
        foreach (var name in await Names()) { await SetRaw(name, [1, 2, 3]); }

        await Put(content);

        Assert.Equal(content, await Read(blob.Digest, null));
    }

    [Fact]
    public async Task Content_and_chunk_digests_forged_together_are_found_by_a_check_of_the_whole()
    {
        var (blob, other) = (await Put(Random(2_000_000)), await Put(Random(2_100_000)));
        var (mine, theirs) = (NameOf(blob.Digest), NameOf(other.Digest));
        await SetRaw(mine, await Raw(theirs));
        await SetRaw(mine + ".chunks", await Raw(theirs + ".chunks"));

        await Assert.ThrowsAsync<BlobCorruptException>(() => Store.Check(blob.Digest, default));
    }

    [Fact]
    public async Task Many_who_put_the_same_content_at_once_all_get_it()
    {
        var content = Random(1_500_000);

        var blobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Put(content))));

        Assert.Single(blobs.Distinct());
        Assert.Equal(content, await Read(blobs[0].Digest, null));
        Assert.Equal(2, (await Names()).Count);
    }

    [Fact]
    public async Task A_missing_blob_is_said_by_its_digest()
    {
        var digest = new string('0', 64);

        Assert.Null(await Store.Find(digest, default));
        Assert.Equal(digest, (await Assert.ThrowsAsync<BlobMissingException>(() => Read(digest, null))).Digest);
        await Assert.ThrowsAsync<BlobMissingException>(() => Store.Open(digest, default));
        Assert.False(await Store.Delete(digest, default));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_with_its_list()
    {
        var blob = await Put(Random(2_000_000));

        Assert.True(await Store.Delete(blob.Digest, default));

        Assert.Empty(await Names());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.")]
    [InlineData("..00000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_name_that_is_no_digest_never_becomes_a_path(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Find(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Open(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Delete(name, default));
        await Assert.ThrowsAsync<ArgumentException>(() => Read(name, null));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => Store.Put(new Trickle(Random(700_000), failsAtEnd: true), default));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Put(new MemoryStream(Random(100)), cancelled.Token));

        Assert.Empty(await Names());
    }

    /// <summary>Names of all that is stored: <c>ab/ab12…</c>, lists, and what is on its way.</summary>
    protected abstract Task<List<string>> Names();

    protected abstract Task<byte[]> Raw(string name);

    protected abstract Task SetRaw(string name, byte[] content);

    protected static byte[] Random(int size)
    {
        var bytes = new byte[size];
        RandomNumberGenerator.Fill(bytes);
        return bytes;
    }

    protected Task<BlobInfo> Put(byte[] content) => Store.Put(new MemoryStream(content), default);

    protected async Task<byte[]> Read(string digest, BlobRange? range)
    {
        using var all = new MemoryStream();
        await Store.CopyTo(digest, range, all, default);
        return all.ToArray();
    }

    private static string NameOf(string digest) => $"{digest[..2]}/{digest}";

    private static string DigestOf(string name) => name[3..].Split('.')[0];
}
