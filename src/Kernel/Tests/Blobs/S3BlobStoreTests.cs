namespace Slipway.Kernel.Tests;

/// <summary>Against npm's s3rver, which checks who signs, though not the signature.</summary>
public sealed class S3BlobStoreTests : BlobStoreTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-test-");
    private TestBucket? _bucket;
    private S3BlobStore? _store;

    protected override IBlobStore Store => _store!;

    protected override int Flips => 60;

    public override async ValueTask InitializeAsync()
    {
        _bucket = await TestBucket.Open();
        _store = new S3BlobStore(_bucket.Options(_folder.FullName), TimeProvider.System);
    }

    public override ValueTask DisposeAsync()
    {
        _store!.Dispose();
        _folder.Delete(recursive: true);
        return default;
    }

    [Fact]
    public async Task A_large_content_goes_in_parts_and_a_very_large_one_is_copied_in_parts()
    {
        var content = Random(40_000_000);
        using var store = new S3BlobStore(new S3Bucket(_store!.Bucket.Options, copyBytes: 6 << 20), TimeProvider.System);

        var blob = await store.Put(new Trickle(content), default);

        Assert.Equal(content, await Read(blob.Digest, null));
        Assert.Equal(content[17_000_000..33_000_001], await Read(blob.Digest, new BlobRange(17_000_000, 16_000_001)));
        Assert.Equal(2, (await Names()).Count);
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task A_large_upload_that_breaks_off_is_given_up_at_the_store_too()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => _store!.Put(new Trickle(Random(35_000_000), failsAtEnd: true), default));

        Assert.Empty(await Names());
        Assert.Empty(await _store!.Bucket.OpenUploads("", DateTimeOffset.MaxValue, default));
        Assert.Empty(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_taken_up_where_it_broke()
    {
        using var store = new S3BlobStore(_bucket!.Options(_folder.FullName, "breaking"), TimeProvider.System);
        var content = Random(20_000_000);
        var blob = await store.Put(new MemoryStream(content), default);
        using var read = new MemoryStream();

        await store.CopyTo(blob.Digest, null, read, default);

        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task What_uploads_left_behind_is_removed_when_it_is_old_and_blobs_never_are()
    {
        var blob = await Put(Random(100));
        await SetRaw("tmp/0192dead", [1]);
        await _store!.Bucket.Begin("tmp/0192beef", default);

        Assert.Equal(0, await S3Leftovers.Remove(_store, DateTimeOffset.UnixEpoch, default));
        Assert.Equal(2, await S3Leftovers.Remove(_store, DateTimeOffset.MaxValue, default));

        Assert.Equal([blob.Digest], (await Names()).Select(Path.GetFileName));
        Assert.Empty(await _store.Bucket.OpenUploads("", DateTimeOffset.MaxValue, default));
    }

    [Fact]
    public async Task A_bucket_that_works_is_tried_without_a_trace()
    {
        await _store!.TryOut(default);

        Assert.Empty(await Names());
    }

    [Fact]
    public async Task A_missing_bucket_wrong_credentials_and_a_dead_address_are_said_with_what_would_be_right()
    {
        var good = _store!.Bucket.Options;
        foreach (var (options, expected) in new[]
        {
            (good with { Bucket = "no-such-bucket" }, "'no-such-bucket' at http"),
            (good with { Bucket = "no-such-bucket" }, "does not exist; make it"),
            (good with { AccessKey = "somebody" }, "does not accept the credentials (InvalidAccessKeyId)"),
            (good with { Endpoint = new Uri($"http://127.0.0.1:{ServerProcess.FreePort()}") }, "cannot be reached"),
        })
        {
            using var store = new S3BlobStore(new S3Bucket(options, retries: 0), TimeProvider.System);

            var refused = await Assert.ThrowsAsync<StorageException>(() => store.TryOut(default));

            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
            Assert.Contains(options.Prefix + "tmp/", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ten_thousand_parts_hold_the_largest_artifact() =>
        Assert.True(Enumerable.Range(1, 10_000).Sum(S3Upload.BytesOfPart) >= Limits.ArtifactBytes);

    protected override Task<List<string>> Names() => _store!.Bucket.Older("", DateTimeOffset.MaxValue, default);

    protected override async Task<byte[]> Raw(string name) => (await _store!.Bucket.Get(name, default))!;

    protected override Task SetRaw(string name, byte[] content) => _store!.Bucket.Put(name, new MemoryStream(content), default);
}
