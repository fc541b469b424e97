using System.Security.Cryptography;

namespace Slipway.Kernel.Tests;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-test-");
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new FolderBlobStore(_folder.FullName, TimeProvider.System);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_stream_that_is_disposed_twice_gives_its_memory_back_once()
    {
        const int size = 700_000;
        var blob = await Put(Random(size));
        var stream = _store.Open(blob.Digest);
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
        Assert.Equal(blob, _store.Find(blob.Digest));
        Assert.Equal(content, await Read(blob.Digest, null));
        await _store.Check(blob.Digest, default);
        foreach (var (offset, length) in new (long, long)[] { (0, size), (size / 2, size - (size / 2)), (size / 3, size / 3), (size, 0) })
        {
            Assert.Equal(content[(int)offset..(int)(offset + length)], await Read(blob.Digest, new BlobRange(offset, length)));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Read(blob.Digest, new BlobRange(size, 1)));
    }

    [Fact]
    public async Task A_stream_reads_and_seeks_across_chunks()
    {
        var content = Random(3_000_000);
        var blob = await Put(content);

        await using var stream = _store.Open(blob.Digest);
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

        var blob = await _store.Put(new Trickle(content), default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), blob.Digest);
        Assert.Equal(content, await Read(blob.Digest, null));
    }

    [Fact]
    public async Task Every_flipped_byte_of_a_small_store_is_found()
    {
        foreach (var size in (int[])[10, 4_000, 6_000]) { await Put(Random(size)); }

        var digests = Digests();
        foreach (var file in Files())
        {
            var good = File.ReadAllBytes(file);
            for (var at = 0; at < good.Length; at++)
            {
                var bad = good.ToArray();
                bad[at] ^= 0x40;
                File.WriteAllBytes(file, bad);
                Assert.Equal(Path.GetFileName(file), await CorruptAmong(digests));
            }

            File.WriteAllBytes(file, good);
        }

        Assert.Null(await CorruptAmong(digests));
    }

    [Fact]
    public async Task A_thousand_random_flips_of_a_larger_store_are_found_and_nothing_false_is_given_out()
    {
        foreach (var size in (int[])[300_000, 1_200_000, 3_300_000]) { await Put(Random(size)); }

        var whole = new Dictionary<string, byte[]>();
        foreach (var digest in Digests()) { whole[digest] = await Read(digest, null); }

        var random = new Random(11);
        var files = Files();
        for (var i = 0; i < 1_000; i++)
        {
            var file = files[random.Next(files.Count)];
            var at = random.NextInt64(new FileInfo(file).Length);
            Flip(file, at);
            var digest = Path.GetFileName(file).Split('.')[0];
            using var out_ = new MemoryStream();

            var found = await Assert.ThrowsAsync<BlobCorruptException>(() => _store.CopyTo(digest, null, out_, default));

            Assert.Equal(digest, found.Digest);
            if (!file.EndsWith(".chunks", StringComparison.Ordinal)) { Assert.Equal(at / BlobChunks.ChunkBytes, found.Chunk); }

            Assert.True(whole[digest].AsSpan().StartsWith(out_.ToArray()));
            Flip(file, at);
        }
    }

    [Fact]
    public async Task A_range_outside_the_bad_chunk_is_still_given_out()
    {
        var content = Random(3_000_000);
        var blob = await Put(content);
        Flip(Files().Single(file => Path.GetFileName(file) == blob.Digest), 10);

        Assert.Equal(content[2_000_000..2_500_000], await Read(blob.Digest, new BlobRange(2_000_000, 500_000)));
        Assert.Equal(0, (await Assert.ThrowsAsync<BlobCorruptException>(() => Read(blob.Digest, new BlobRange(1_000_000, 500_000)))).Chunk);
    }

    [Fact]
    public async Task A_truncated_or_lengthened_file_is_found()
    {
        var blob = await Put(Random(3_000_000));
        var file = Files().Single(path => Path.GetFileName(path) == blob.Digest);
        foreach (var size in (long[])[2_999_999, 3_000_001, 0, 500])
        {
            using (var open = File.OpenWrite(file)) { open.SetLength(size); }

            await Assert.ThrowsAsync<BlobCorruptException>(() => Read(blob.Digest, null));
        }
    }

    [Fact]
    public async Task Putting_the_content_again_repairs_a_corrupt_blob()
    {
        var content = Random(2_000_000);
        var blob = await Put(content);
        foreach (var file in Files()) { Flip(file, 20); }

        await Put(content);

        Assert.Equal(content, await Read(blob.Digest, null));
    }

    [Fact]
    public async Task Content_and_chunk_digests_forged_together_are_found_by_a_check_of_the_whole()
    {
        var (blob, other) = (await Put(Random(2_000_000)), await Put(Random(2_100_000)));
        var (mine, theirs) = (PathOf(blob.Digest), PathOf(other.Digest));
        File.Copy(theirs, mine, overwrite: true);
        File.Copy(theirs + ".chunks", mine + ".chunks", overwrite: true);

        await Assert.ThrowsAsync<BlobCorruptException>(() => _store.Check(blob.Digest, default));
    }

    [Fact]
    public async Task Many_who_put_the_same_content_at_once_all_get_it()
    {
        var content = Random(1_500_000);

        var blobs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Put(content))));

        Assert.Single(blobs.Distinct());
        Assert.Equal(content, await Read(blobs[0].Digest, null));
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public async Task A_missing_blob_is_said_by_its_digest()
    {
        var digest = new string('0', 64);

        Assert.Null(_store.Find(digest));
        Assert.Equal(digest, (await Assert.ThrowsAsync<BlobMissingException>(() => Read(digest, null))).Digest);
        Assert.False(_store.Delete(digest));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_with_its_list()
    {
        var blob = await Put(Random(2_000_000));

        Assert.True(_store.Delete(blob.Digest));

        Assert.Empty(Files());
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.")]
    [InlineData("..00000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_name_that_is_no_digest_never_becomes_a_path(string name)
    {
        Assert.Throws<ArgumentException>(() => _store.Find(name));
        Assert.Throws<ArgumentException>(() => _store.Open(name));
        Assert.Throws<ArgumentException>(() => _store.Delete(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Read(name, null));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => _store.Put(new Trickle(Random(700_000), failsAtEnd: true), default));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.Put(new MemoryStream(Random(100)), cancelled.Token));

        Assert.Empty(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_removed_at_start_and_what_is_being_written_stays()
    {
        var left = Path.Combine(_folder.FullName, "tmp", "0192dead");
        File.WriteAllText(left, "half");
        var living = Path.Combine(_folder.FullName, "tmp", "0192beef");
        await using (new FileStream(living, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            _ = new FolderBlobStore(_folder.FullName, TimeProvider.System);

            Assert.False(File.Exists(left));
            Assert.True(File.Exists(living));
        }
    }

    private static byte[] Random(int size)
    {
        var bytes = new byte[size];
        RandomNumberGenerator.Fill(bytes);
        return bytes;
    }

    private static void Flip(string file, long at)
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        open.Position = at;
        var value = open.ReadByte();
        open.Position = at;
        open.WriteByte((byte)(value ^ 1));
    }

    private Task<BlobInfo> Put(byte[] content) => _store.Put(new MemoryStream(content), default);

    private async Task<byte[]> Read(string digest, BlobRange? range)
    {
        using var all = new MemoryStream();
        await _store.CopyTo(digest, range, all, default);
        return all.ToArray();
    }

    private async Task<string?> CorruptAmong(IEnumerable<string> digests)
    {
        foreach (var digest in digests)
        {
            try { await Read(digest, null); }
            catch (BlobCorruptException found) { return found.Digest; }
        }

        return null;
    }

    private string PathOf(string digest) => Path.Combine(_folder.FullName, digest[..2], digest);

    private List<string> Files() => [.. Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories)];

    private List<string> Digests() => [.. Files().Select(Path.GetFileName).OfType<string>().Where(BlobDigest.IsValid)];
}
