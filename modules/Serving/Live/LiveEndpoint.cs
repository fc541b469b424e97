using System.Runtime.CompilerServices;
using Slipway.Kernel;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Log;
using Slipway.Serving.Predict;

namespace Slipway.Serving.Live;

/// <summary>An endpoint as requests see it: in memory, changed as a whole. Only the kill switch may be thrown in place.</summary>
internal sealed class LiveEndpoint(EndpointRow row, LiveDeployment? champion, LiveDeployment? canary, IReadOnlyList<LiveDeployment> shadows, ServingCounts counts)
{
    private volatile bool _stopped = row.Stopped;

    public string Id => row.Id;

    public string Workspace => row.Workspace;

    public string Name => row.Name;

    public string Model => row.Model;

    public bool Stopped => _stopped;

    /// <summary>Why it is stopped or halted.</summary>
    public string? Reason { get; private set; } = row.Reason;

    public LiveDeployment? Champion => champion;

    public LiveDeployment? Canary => canary;

    public IReadOnlyList<LiveDeployment> Shadows => shadows;

    public ServingCounts Counts => counts;

    /// <summary>Every input of any version at work.</summary>
    public InputSet Inputs { get; } = new([.. new[] { champion, canary }.Concat(shadows).Select(one => one?.Model).OfType<LoadedModel>()]);

    public IEnumerable<LiveDeployment> Deployments => new[] { champion, canary }.OfType<LiveDeployment>().Concat(shadows);

    /// <summary>The kill switch.</summary>
    public void Stop(string? reason)
    {
        Reason = reason;
        _stopped = true;
    }

    /// <summary>The version that a unit gets; the same one each time while shares only widen.</summary>
    public LiveDeployment? For(string unit) => canary is not null && Split.BucketOf(Id, Name, unit) < canary.Row.Buckets ? canary : champion;
}

/// <summary>A version at work in this process.</summary>
/// <param name="row">What was approved.</param>
/// <param name="model">Null when it could not be loaded here.</param>
/// <param name="fault">Why it could not.</param>
internal sealed class LiveDeployment(Deployment row, LoadedModel? model, DeploymentLog? log, Problem? fault)
{
    private StrongBox<long> _predictions = new();

    public Deployment Row => row;

    public LoadedModel? Model => model;

    public DeploymentLog? Log => log;

    public Problem? Fault => fault;

    /// <summary>Rows scored by this process since it started.</summary>
    public long Predictions => Interlocked.Read(ref _predictions.Value);

    public void Count(int rows) => Interlocked.Add(ref _predictions.Value, rows);

    /// <summary>The same model at work with another share.</summary>
    public LiveDeployment With(Deployment changed) => new(changed, model, log, fault) { _predictions = _predictions };

    /// <summary>What a score means; null without a threshold.</summary>
    public string? Decide(double score) => Row.Threshold is not { } threshold || double.IsNaN(score) ? null : score >= threshold ? Row.AtOrAbove : Row.Below;
}
