namespace Slipway.Kernel.Tests;

public sealed class FolderBlobStoreTests : BlobStoreTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-test-");
    private FolderBlobStore? _store;

    protected override IBlobStore Store => _store!;

    protected override int Flips => 15_000;

    public override ValueTask InitializeAsync()
    {
        _store = new FolderBlobStore(_folder.FullName, TimeProvider.System);
        return default;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return default;
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

    [Theory, InlineData(16 << 20), InlineData((25 << 20) + 1_000)]
    public async Task A_blob_that_passes_by_the_page_cache_is_given_back_again_and_again(int size)
    {
        var content = Random(size);
        for (var i = 0; i < 2; i++)
        {
            var blob = await Store.Put(new Trickle(content), default);
            for (var j = 0; j < 3; j++) { Assert.Equal(content, await Read(blob.Digest, null)); }

            await Store.Check(blob.Digest, default);
        }
    }

    protected override Task<List<string>> Names() => Task.FromResult(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder.FullName, path)).ToList());

    protected override Task<byte[]> Raw(string name) => File.ReadAllBytesAsync(Path.Combine(_folder.FullName, name));

    protected override Task SetRaw(string name, byte[] content) => File.WriteAllBytesAsync(Path.Combine(_folder.FullName, name), content);
}
