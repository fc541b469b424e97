using System.Diagnostics;

namespace Slipway.Kernel.Tests;

/// <summary>On a real file system of 8 MB, which only root may mount.</summary>
public sealed class DiskFullTests
{
    public static bool MayMount => OperatingSystem.IsLinux() && Environment.UserName == "root";

    [Fact(Skip = "mounting a small disk needs root", SkipUnless = nameof(MayMount))]
    public async Task A_full_disk_fails_writes_clearly_keeps_reads_going_and_loses_nothing()
    {
        using var disk = new SmallDisk();
        var filler = Path.Combine(disk.Path, "filler");
        File.WriteAllBytes(filler, new byte[3 << 20]);
        await using var db = new DbOptions(Path.Combine(disk.Path, "slipway.db")).Open(TimeProvider.System);
        await db.Write(tx => tx.Execute($"CREATE TABLE test_rows (id BIGINT NOT NULL PRIMARY KEY, body TEXT NOT NULL)"), default);
        var body = new string('x', 20_000);

        var acknowledged = new List<long>();
        var failures = new List<StorageException>();
        for (var round = 0; round < 200 && failures.Count < 20; round++)
        {
            var writes = Enumerable.Range(0, 8).Select(i => (Id: (round * 8L) + i, Write: db.Write(tx => tx.Execute($"INSERT INTO test_rows (id, body) VALUES ({(round * 8L) + i}, {body})"), default))).ToList();
            foreach (var (id, write) in writes)
            {
                try
                {
                    await write;
                    acknowledged.Add(id);
                }
                catch (StorageException full) { failures.Add(full); }
            }
        }

        Assert.NotEmpty(acknowledged);
        Assert.All(failures, failure => Assert.True(failure.DiskFull, failure.Message));
        Assert.NotEmpty(failures);
        Assert.Equal(acknowledged, await Ids(db));

        File.Delete(filler);
        await db.Write(tx => tx.Execute($"INSERT INTO test_rows (id, body) VALUES (-1, {body})"), default);

        Assert.Equal([-1, .. acknowledged], await Ids(db));
    }

    [Fact(Skip = "mounting a small disk needs root", SkipUnless = nameof(MayMount))]
    public async Task A_blob_that_does_not_fit_is_refused_and_leaves_no_trace()
    {
        using var disk = new SmallDisk();
        var store = new FolderBlobStore(disk.Path, TimeProvider.System);
        var small = await store.Put(new MemoryStream([1, 2, 3]), default);

        var refused = await Assert.ThrowsAsync<StorageException>(() => store.Put(new Zeros(20 << 20), default));

        Assert.True(refused.DiskFull, refused.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(disk.Path, "tmp")));
        await store.Check(small.Digest, default);
        await store.Put(new Zeros(2 << 20), default);
    }

    private static Task<List<long>> Ids(Db db) => db.Read(tx => tx.Query($"SELECT id FROM test_rows ORDER BY id LIMIT 10000", row => row.GetInt64(0)), default);

    private sealed class SmallDisk : IDisposable
    {
        public SmallDisk() => Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", Path);

        public string Path { get; } = Directory.CreateTempSubdirectory("slipway-disk-").FullName;

        public void Dispose()
        {
            Run("umount", "-l", Path);
            Directory.Delete(Path);
        }

        private static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
