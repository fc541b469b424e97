using Microsoft.Extensions.Logging;
using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

/// <summary>Removes uploads that nobody completed in time, and the records of those that were.</summary>
internal sealed partial class UploadRounds(Db db, TimeProvider clock, ILogger<UploadRounds> log, IDirectBlobs? direct = null) : RoundsService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>How many were removed.</summary>
    public async Task<int> Remove(CancellationToken ct)
    {
        var removed = 0;
        foreach (var upload in await db.Read(tx => UploadStore.Expired(tx, clock.NowMs(), AtOnce), ct))
        {
            if (!await db.Write(tx => UploadStore.Delete(tx, upload.UploadId), ct)) { continue; }

            removed++;
            if (upload.Digest is null && direct is not null) { await direct.Forget(upload.Stored); }
        }

        return removed;
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (await Remove(ct) < AtOnce) { await Task.Delay(Pause, clock, ct); }
    }

    protected override void Failed(Exception error) => RoundFailed(error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired uploads could not be removed; trying again in a second")]
    private partial void RoundFailed(Exception error);
}
