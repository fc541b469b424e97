using Microsoft.Extensions.Logging;

namespace Slipway.Kernel;

/// <summary>Tries the bucket before anything else starts; then removes, every hour, what uploads have left behind that ended with their process.</summary>
internal sealed partial class S3Leftovers(S3BlobStore store, TimeProvider clock, ILogger<S3Leftovers> log) : RoundsService
{
    // Longer than any upload through an address that we have signed.
    private static readonly TimeSpan Age = TimeSpan.FromHours(48);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.TryOut(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>How many were removed.</summary>
    public static async Task<int> Remove(S3BlobStore store, DateTimeOffset before, CancellationToken ct)
    {
        var (bucket, removed) = (store.Bucket, 0);
        foreach (var (key, upload) in await bucket.OpenUploads(S3BlobStore.Arriving, before, ct))
        {
            await bucket.TryAbort(key, upload);
            removed++;
        }

        foreach (var key in await bucket.Older(S3BlobStore.Arriving, before, ct))
        {
            await bucket.TryDelete(key);
            removed++;
        }

        return removed;
    }

    protected override async Task Round(CancellationToken ct)
    {
        var removed = await Remove(store, clock.GetUtcNow() - Age, ct);
        if (removed > 0) { Removed(removed, store.Bucket.Options.Url); }

        await Task.Delay(Pause, clock, ct);
    }

    protected override void Failed(Exception error) => RoundFailed(error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} uploads from {Bucket} that nobody finished")]
    private partial void Removed(int count, string bucket);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Unfinished uploads could not be looked for")]
    private partial void RoundFailed(Exception error);
}
