namespace Slipway.Cli.Import;

/// <summary>What holds the records of an MLflow: a server, a database or a folder. Read only; not thread safe.</summary>
internal interface IMlflowSource : IAsyncDisposable
{
    /// <summary>What tells it from other sources, without credentials, such as its address or file.</summary>
    string Name { get; }

    /// <summary>What the source does not have, or has and nobody can take over, in words.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Every experiment, deleted ones too.</summary>
    IAsyncEnumerable<SourceExperiment> Experiments(CancellationToken ct);

    /// <summary>Every run of an experiment, deleted ones too, in pages.</summary>
    IAsyncEnumerable<IReadOnlyList<SourceRun>> Runs(SourceExperiment experiment, CancellationToken ct);

    /// <summary>Every point of a run, by metric, in pieces of at most <paramref name="most"/> points.</summary>
    IAsyncEnumerable<SourceSeries> Points(SourceRun run, int most, CancellationToken ct);

    /// <summary>How many points a run has.</summary>
    Task<long> CountPoints(SourceRun run, CancellationToken ct);

    /// <summary>Every logged model of an experiment; none where the source is older than they are.</summary>
    IAsyncEnumerable<SourceLoggedModel> LoggedModels(SourceExperiment experiment, CancellationToken ct);

    /// <summary>The files of a logged model that the source itself can give; null when it knows only their address.</summary>
    IAsyncEnumerable<SourceFile>? Files(SourceLoggedModel model, CancellationToken ct);

    /// <summary>Every registered model.</summary>
    IAsyncEnumerable<SourceModel> Models(CancellationToken ct);

    /// <summary>The files of a run that the source itself can give; null when it knows only their address.</summary>
    IAsyncEnumerable<SourceFile>? Files(SourceRun run, CancellationToken ct);
}

/// <summary>The source cannot be read; the message is meant for people.</summary>
internal sealed class SourceException(string message) : Exception(message);
