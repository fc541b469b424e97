using Slipway.Kernel;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Versions;

/// <summary>Changes what people wrote on a version: its description and its tags. What it was made of never changes.</summary>
internal sealed class DescribeVersion(Db db, LiveHub live)
{
    public async Task<Result<ModelVersion>> Describe(Caller caller, string model, long number, string description, CancellationToken ct)
    {
        if (description.Length > TextLimits.DescriptionChars) { return Faults.TooLong("description", TextLimits.DescriptionChars); }

        return await Change(caller, model, number, (tx, version) =>
        {
            var described = version with { Description = description, UpdatedMs = tx.Clock.NowMs() };
            VersionStore.Describe(tx, described);
            return described;
        }, ct);
    }

    public async Task<Result<ModelVersion>> SetTag(Caller caller, string model, long number, string key, string value, CancellationToken ct)
    {
        if (Tags.Fault(key, value) is { } fault) { return fault; }

        return await Change(caller, model, number, (tx, version) =>
        {
            VersionStore.SetTags(tx, version, [new(key, value)]);
            tx.Publish(caller, new VersionTagSet(caller.Workspace, model, number, key, TagFacts.Kept(value), ModelStore.IsPrompt(tx, version.ModelId)));
            return version;
        }, ct);
    }

    /// <summary>A tag that is not there may be deleted, as in MLflow.</summary>
    public Task<Result<ModelVersion>> DeleteTag(Caller caller, string model, long number, string key, CancellationToken ct) => Change(caller, model, number, (tx, version) =>
    {
        if (VersionStore.DeleteTag(tx, version, key))
        {
            tx.Publish(caller, new VersionTagDeleted(caller.Workspace, model, number, key, ModelStore.IsPrompt(tx, version.ModelId)));
        }

        return version;
    }, ct);

    private async Task<Result<ModelVersion>> Change(Caller caller, string model, long number, Func<WriteTx, ModelVersion, ModelVersion> change, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        return await db.Write<Result<ModelVersion>>(tx =>
        {
            if (VersionStore.Find(tx, caller, Permissions.ModelsWrite, model, number).Fails(out var missing, out var version)) { return missing; }

            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, model)));
            return change(tx, version);
        }, ct);
    }
}
