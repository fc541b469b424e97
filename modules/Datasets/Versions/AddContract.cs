using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>Makes a contract known to the workspace, so that a check or a new version can name it by its digest. No dataset changes.</summary>
internal sealed class AddContract(Db db, ContractTexts contracts)
{
    /// <summary>The body is the contract in YAML; every fault that it has is reported with its place.</summary>
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapPost("/contracts", async (HttpContext http, Caller caller, AddContract handler, CancellationToken ct) => (await handler.Handle(caller, http.Request.Body, ct)).ToHttp())
        .WithName(nameof(AddContract)).Needs(Permissions.Write).Accepts<Stream>("*/*")
        .Produces<DataContractView>().ProducesProblem(400);

    public async Task<Result<DataContractView>> Handle(Caller caller, Stream body, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Write) is { } denied) { return denied; }

        if ((await ContractBody.Read(body, ct)).Fails(out var problem, out var contract)) { return problem; }

        await contracts.Keep(contract, ct);
        return await db.Append<Result<DataContractView>>(tx =>
        {
            DatasetStore.SaveContract(tx, caller, contract.View);
            return contract.View;
        }, ct);
    }
}
