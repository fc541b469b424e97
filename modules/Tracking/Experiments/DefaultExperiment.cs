using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Slipway.Kernel;

namespace Slipway.Tracking.Experiments;

/// <summary>
/// Clients expect an experiment <c>Default</c>: id 0 in the workspace <c>default</c>, made at the first start; any other workspace gets its own, with the next
/// free id, when somebody first looks at its experiments.
/// </summary>
internal sealed class DefaultExperiment(Db db) : IHostedService
{
    public const string Name = "Default";
    private const string Workspace = "default";
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);

    public Task StartAsync(CancellationToken cancellationToken) => Ensure(Workspace, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task Ensure(string workspace, CancellationToken ct)
    {
        if (_known.ContainsKey(workspace)) { return; }

        if (!await db.Read(tx => ExperimentStore.HolderOf(tx, workspace, Name) is not null, ct)) { await Make(workspace, ct); }

        if (_known.Count < MaxRemembered) { _known[workspace] = 0; }
    }

    private Task Make(string workspace, CancellationToken ct) => db.Write(tx =>
    {
        if (ExperimentStore.HolderOf(tx, workspace, Name) is not null) { return; }

        var id = workspace == Workspace ? 0 : ExperimentStore.NextId(tx);
        var now = tx.Clock.NowMs();
        ExperimentStore.Insert(tx, workspace, new Experiment(id, Name, ArtifactLocation.OfExperiment(id), false, now, now));
    }, ct);
}
