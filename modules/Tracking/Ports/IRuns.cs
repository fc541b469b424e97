using Slipway.Kernel;

namespace Slipway.Tracking.Ports;

/// <summary>What later rooms may write to runs, as an MLflow client would: under the caller's permissions, by the same handlers. Thread safe.</summary>
public interface IRuns
{
    /// <summary>
    /// Starts a run, in an experiment that is made when there is none of the name. With an origin that a run of the experiment already has, that run is given back, unchanged: so a
    /// step that is tried again does not leave two.
    /// </summary>
    /// <returns>409 when the experiment was put away.</returns>
    Task<Result<StartedRun>> Start(Caller caller, NewRun run, CancellationToken ct);

    /// <summary>Adds to an active run: all of it or nothing. The same parameter with another value is refused.</summary>
    Task<Result<Done>> Log(Caller caller, string runId, RunEntries entries, CancellationToken ct);

    /// <summary>Stores a file of the run, in place of what had its name.</summary>
    /// <param name="path">From the run's root, with slashes.</param>
    /// <returns>SHA-256 of the blob.</returns>
    Task<Result<string>> Put(Caller caller, string runId, string path, Stream content, CancellationToken ct);

    /// <summary>Ends the run as finished; again changes nothing.</summary>
    Task<Result<Done>> Finish(Caller caller, string runId, CancellationToken ct);

    /// <summary>Ends, as failed or as killed, what is still active of the runs whose origin is <paramref name="origin"/> or lies below it (<c>origin/…</c>): whoever made them is gone.</summary>
    /// <returns>How many.</returns>
    Task<Result<int>> Abandon(Caller caller, string origin, bool failed, CancellationToken ct);
}

/// <param name="Experiment">Its name.</param>
/// <param name="Name">Null = a made-up one.</param>
/// <param name="Origin">What makes the run, the same for each attempt, from the whole to the part with slashes; kept as the tag <c>slipway.origin</c>. 1 to 100 characters.</param>
/// <param name="Tags">Further tags.</param>
public sealed record NewRun(string Experiment, string? Name, string Origin, IReadOnlyDictionary<string, string> Tags);

/// <param name="RunId">32 lower-case hex digits.</param>
public sealed record StartedRun(string RunId, string ExperimentId, string Name);

/// <param name="Metrics">Values now, at step 0.</param>
public sealed record RunEntries(
    IReadOnlyDictionary<string, string> Params, IReadOnlyDictionary<string, double> Metrics, IReadOnlyDictionary<string, string> Tags);
