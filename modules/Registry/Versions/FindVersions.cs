using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;

namespace Slipway.Registry.Versions;

/// <summary>Reading versions one by one: by number, by alias, the newest of each stage.</summary>
internal sealed class FindVersions(Db db)
{
    public Task<Result<ModelVersion>> ByNumber(Caller caller, string model, long number, CancellationToken ct) =>
        Read(caller, tx => VersionStore.Find(tx, caller, Permissions.ModelsRead, model, number), ct);

    /// <summary>An alias that stands for nothing is a 400, as in MLflow.</summary>
    public Task<Result<ModelVersion>> ByAlias(Caller caller, string model, string alias, CancellationToken ct) => Read(
        caller,
        tx => ModelStore.FindBare(tx, caller, Permissions.ModelsRead, model).Problem is { } missing ? missing : VersionStore.OfAlias(tx, caller, Permissions.ModelsRead, model, alias), ct);

    /// <summary>Where clients get the files of a version.</summary>
    public Task<Result<string>> Location(Caller caller, string model, long number, CancellationToken ct) => Read(
        caller,
        tx => VersionStore.Find(tx, caller, Permissions.ModelsRead, model, number).Then(version => VersionStore.EvidenceOf(tx, version.ModelId, number).Location ?? version.Source), ct);

    /// <summary>The newest version of each of the stages, by number.</summary>
    public Task<Result<List<ModelVersion>>> Latest(Caller caller, string model, IReadOnlyCollection<ModelStage> stages, CancellationToken ct) => Read(
        caller, tx => ModelStore.FindBare(tx, caller, Permissions.ModelsRead, model).Then(found => VersionStore.LatestOfStages(tx, [found.Id], stages, aliases: true)), ct);

    /// <summary>As <see cref="Latest"/> with all stages, for many models at once, by model id.</summary>
    public Task<ILookup<string, ModelVersion>> LatestOf(IReadOnlyCollection<string> modelIds, CancellationToken ct) =>
        db.Read(tx => VersionStore.LatestOfStages(tx, modelIds, [.. Stages.All], aliases: false).ToLookup(version => version.ModelId), ct);

    private async Task<Result<T>> Read<T>(Caller caller, Func<ReadTx, Result<T>> read, CancellationToken ct) =>
        caller.Lacks(Permissions.ModelsRead) is { } denied ? denied : await db.Read(read, ct);
}
