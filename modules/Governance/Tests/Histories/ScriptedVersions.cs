using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Tests.Histories;

/// <summary>A registry that has version 1 of every model: one author, a metric that meets no row of the stricter policies.</summary>
internal sealed class ScriptedVersions : IVersions
{
    public const double Auc = 0.6;

    public static string Author { get; set; } = "";

    public VersionIdentity? Find(ReadTx tx, string workspace, string model, long version) =>
        version == 1 ? new VersionIdentity(workspace, model, 1, 1_000, Author, "author", new VersionDigests(Model: new string('a', 64))) : null;

    public Task<Result<VersionReports>> Reports(Caller caller, string model, long version, CancellationToken ct) => Task.FromResult<Result<VersionReports>>(new VersionReports(
        Find(null!, caller.Workspace, model, version)!,
        new ModelVersionView(
            model, version, 1_000, 1_000, "author", ModelStage.None, [], new Dictionary<string, string>(), "s3://b/a", new VersionDigests(Model: new string('a', 64)),
            [new MetricFigure("auc", "run", Auc)], [], [], new ModelCard([])),
        null, null));
}
