using Slipway.Kernel;
using Slipway.Registry.Cards;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Versions;

internal sealed class VersionsPort(ReadRecords records, Db db) : IVersions
{
    public VersionIdentity? Find(ReadTx tx, string workspace, string model, long version)
    {
        if (VersionStore.IdentityOf(tx, workspace, model, version) is not { } row) { return null; }

        var evidence = VersionStore.EvidenceOf(tx, row.ModelId, version);
        return new VersionIdentity(
            workspace, model, version, row.CreatedMs, row.By, row.ByName, evidence.Digests,
            evidence.Dataset, evidence.DatasetVersion, evidence.RunId, evidence.Pipeline, evidence.PipelineRunId);
    }

    public async Task<Result<VersionReports>> Reports(Caller caller, string model, long version, CancellationToken ct)
    {
        if ((await records.Handle(caller, model, version, ct)).Fails(out var problem, out var found)) { return problem; }

        return await db.Read(tx => Find(tx, caller.Workspace, model, version), ct) is { } identity
            ? new VersionReports(identity, GetVersion.View(found), found.Training, found.Evaluation)
            : Faults.NoVersion(model, version);
    }
}
