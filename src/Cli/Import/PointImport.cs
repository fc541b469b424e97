using Slipway.Tracking.Contracts;

namespace Slipway.Cli.Import;

/// <summary>Sends the points of runs, many together, and reads on while they travel.</summary>
internal sealed class PointImport(IMlflowSource source, ImportTarget? target, Tally tally)
{
    private const string Kind = "metric points";
    private const int Together = 100_000;
    private readonly List<ImportedSeries> _waiting = [];
    private int _points;
    private Task _travelling = Task.CompletedTask;

    public async Task Run(IReadOnlyList<SourceRun> runs, CancellationToken ct)
    {
        foreach (var run in runs)
        {
            if (target is null)
            {
                tally.Found(Kind, await source.CountPoints(run, ct));
                continue;
            }

            await foreach (var series in source.Points(run, Together / 2, ct))
            {
                tally.Found(Kind, series.Steps.Count);
                if (_points + series.Steps.Count > Together) { await Send(ct); }

                _waiting.Add(new ImportedSeries(run.RunId, series.Key, series.Steps, series.TimesMs, series.Values));
                _points += series.Steps.Count;
            }
        }

        await Send(ct);
        await _travelling;
    }

    private async Task Send(CancellationToken ct)
    {
        await _travelling;
        if (_waiting.Count == 0) { return; }

        ImportedSeries[] series = [.. _waiting];
        _waiting.Clear();
        _points = 0;
        _travelling = Post(series, ct);
    }

    private async Task Post(ImportedSeries[] series, CancellationToken ct)
    {
        var answer = await target!.Points(series, ct);
        tally.Added(Kind, answer.Points);
        foreach (var skip in answer.Skipped) { tally.Skipped("metrics", skip.Id, skip.Reason); }
    }
}
