namespace Slipway.Kernel.Tests;

/// <summary>Counts what the process allocates, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class BlobMemoryTests
{
    [Fact]
    public async Task A_transfer_takes_about_two_megabytes_however_large_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-test-");
        try
        {
            var store = new FolderBlobStore(folder.FullName, TimeProvider.System);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var blob = await store.Put(new Zeros(200L << 20), default);
            var put = GC.GetTotalAllocatedBytes(precise: true);
            await store.CopyTo(blob.Digest, null, Stream.Null, default);
            var got = GC.GetTotalAllocatedBytes(precise: true);

            // Everything allocated on the way, garbage included: an upper bound of what was held at once.
            Assert.InRange(put - before, 0, 3 << 19);
            Assert.InRange(got - put, 0, 5 << 19);
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public async Task A_transfer_to_a_bucket_takes_no_more_for_its_length()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-test-");
        try
        {
            using var store = new S3BlobStore((await TestBucket.Open()).Options(folder.FullName), TimeProvider.System);
            await store.Put(new Zeros(20L << 20), default);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var blob = await store.Put(new Zeros(100L << 20), default);
            var put = GC.GetTotalAllocatedBytes(precise: true);
            await store.CopyTo(blob.Digest, null, Stream.Null, default);
            var got = GC.GetTotalAllocatedBytes(precise: true);

            // All requests together, garbage included.
            Assert.InRange(put - before, 0, 20 << 20);
            Assert.InRange(got - put, 0, 20 << 20);
        }
        finally { folder.Delete(recursive: true); }
    }
}
