using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>How long bytes that nothing names stay.</summary>
/// <param name="GraceHours">Hours since they were last put: longer than anything takes between storing bytes and naming them. 0 = they stay for ever.</param>
public sealed record BlobSweepOptions(int GraceHours);

/// <summary>
/// Frees the bytes that nothing names any more: mark and sweep, on one replica at a time. Looked at are blobs that were last put longer ago than the grace; named is what stands in one consistent
/// snapshot of all records (<see cref="BlobNames"/>), or in a small JSON blob that is kept. What is put again meanwhile stays, by the store's own lock; a crash leaves nothing half done, since each removal is whole.
/// </summary>
public sealed partial class BlobSweep(Db db, IBlobStore blobs, BlobSweepOptions options, TimeProvider clock, ILogger<BlobSweep> log) : RoundsService
{
    private const int LeaseMs = 3_600_000;
    // The largest record that any room reads back is 16 MiB.
    private const int MaxJsonBytes = 64 << 20;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);
    private readonly string _me = Ids.New(clock);

    /// <summary>One round.</summary>
    /// <returns>How many blobs went, and their bytes.</returns>
    public async Task<(long Blobs, long Bytes)> Step(CancellationToken ct)
    {
        if (options.GraceHours == 0 || blobs is not ISweepableBlobs store) { return (0, 0); }

        var moment = clock.GetUtcNow() - TimeSpan.FromHours(options.GraceHours);
        var unnamed = new BlobSet();
        await foreach (var blob in store.PutBefore(moment, ct)) { unnamed.Add(blob.Digest); }

        if (unnamed.Count == 0 || !await db.Append(tx => Leases.TryTake(tx, "kernel.blobs", _me, LeaseMs), ct)) { return (0, 0); }

        await db.Scan(tx => { BlobNames.Mark(tx, unnamed); return Done.Value; }, ct);
        if (unnamed.Count == 0) { return (0, 0); }

        await MarkJson(store, unnamed, ct);
        var (count, bytes) = (0L, 0L);
        foreach (var digest in unnamed.Digests.ToList())
        {
            var size = (await blobs.Find(digest, ct))?.SizeBytes ?? 0;
            if (!await store.Sweep(digest, moment, ct)) { continue; }

            count++;
            bytes += size;
        }

        if (count > 0) { Swept(count, bytes); }

        return (count, bytes);
    }

    protected override async Task Round(CancellationToken ct)
    {
        await Task.Delay(Pause, clock, ct);
        await Step(ct);
    }

    /// <summary>A record that is kept as a blob may name others; whatever is kept, as large as a record can be and begins like JSON is read.</summary>
    private async Task MarkJson(ISweepableBlobs store, BlobSet unnamed, CancellationToken ct)
    {
        for (var before = -1; before != unnamed.Count && unnamed.Count > 0;)
        {
            before = unnamed.Count;
            await foreach (var blob in store.PutBefore(DateTimeOffset.MaxValue, ct))
            {
                if (blob.SizeBytes is < BlobDigest.HexDigits or > MaxJsonBytes || unnamed.Contains(blob.Digest)) { continue; }

                using var content = new MemoryStream((int)blob.SizeBytes);
                try { await blobs.CopyTo(blob.Digest, null, content, ct); }
                catch (Exception error) when (error is BlobMissingException or BlobCorruptException) { continue; }

                if (content.GetBuffer()[0] is (byte)'{' or (byte)'[') { BlobNames.Mark(System.Text.Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length), unnamed); }
            }
        }
    }

    protected override void Failed(Exception error) => NotSwept(error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Blobs} blobs of {Bytes} bytes removed: nothing names them any more")]
    private partial void Swept(long blobs, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Blobs could not be swept; trying again in a while")]
    private partial void NotSwept(Exception error);
}
