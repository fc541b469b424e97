using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>One dataset with its newest version and the text of its contract.</summary>
internal sealed class GetDataset(Db db, ContractTexts contracts)
{
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("/{name}", async (string name, Caller caller, GetDataset handler, CancellationToken ct) => (await handler.Handle(caller, name, ct)).ToHttp())
        .WithName(nameof(GetDataset)).Needs(Permissions.Read)
        .Produces<DatasetView>().ProducesProblem(404);

    public async Task<Result<DatasetView>> Handle(Caller caller, string name, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        var (dataset, latest, contract) = await db.Read(
            tx => DatasetStore.Find(tx, caller.Workspace, name) is not { } found ? default
                : (found, VersionStore.Find(tx, caller.Workspace, name, null), found.ContractDigest is { } digest ? DatasetStore.FindContract(tx, caller.Workspace, digest) : null), ct);
        if (dataset is null) { return Problem.NotFound("dataset", name); }

        return new DatasetView(
            dataset.Name, dataset.Versions, dataset.CreatedMs, dataset.Description, latest?.View, contract is null ? null : contract with { Text = await contracts.Text(contract.Digest, ct) });
    }
}
