using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slipway.DuckDb;

namespace Slipway.Serving.Log;

/// <summary>Turns closed segments into Parquet files and removes what is older than the settings keep, every half minute.</summary>
internal sealed partial class LogKeeper(PredictionLog predictions, IOptions<ServingOptions> settings, TimeProvider clock, ILogger<LogKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SegmentAge = TimeSpan.FromDays(1);

    /// <summary>One round.</summary>
    public async Task Step(CancellationToken ct)
    {
        foreach (var ((workspace, endpoint), kept) in predictions.Endpoints)
        {
            try
            {
                kept.RollAfter(SegmentAge);
                foreach (var segment in kept.ClosedSegments()) { await Archive(kept, segment, workspace, endpoint, ct); }

                Expire(kept);
            }
            catch (Exception error) when (error is DuckDbException or IOException or UnauthorizedAccessException or InvalidDataException) { Failed(error, kept.Name); }
        }

        await predictions.Archive.EndIdle(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, clock, stoppingToken);
                await Step(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
        }
    }

    private async Task Archive(EndpointLog kept, Segment segment, string workspace, string endpoint, CancellationToken ct)
    {
        var part = segment.Rows == 0 ? null : await predictions.Archive.Write(segment, EndpointFolder.Of("", workspace, endpoint).Id, workspace, endpoint, ct);
        kept.Replace(segment, part);
        File.Delete(segment.Path);
        if (part is not null) { Archived(kept.Name, part.Rows, part.Path); }
    }

    private void Expire(EndpointLog kept)
    {
        var oldest = (clock.GetUtcNow() - TimeSpan.FromDays(settings.Value.LogDays)).ToUnixTimeMilliseconds();
        foreach (var part in kept.Parts.OfType<ArchivedPart>().Where(part => part.MaxMs < oldest))
        {
            kept.Replace(part, null);
            File.Delete(Path.Combine(predictions.Archive.Folder, part.Path));
            Expired(kept.Name, part.Rows);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Prediction log of {Endpoint}: {Rows} predictions archived in {Path}")]
    private partial void Archived(string endpoint, long rows, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Prediction log of {Endpoint}: {Rows} predictions removed, as their time is over")]
    private partial void Expired(string endpoint, long rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "Prediction log of {Endpoint}: segments could not be archived; they are kept, and it is tried again")]
    private partial void Failed(Exception error, string endpoint);
}
