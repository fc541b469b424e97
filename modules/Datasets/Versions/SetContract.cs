using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>Puts a contract in force for the next versions of a dataset, which is made when it is new; versions that are there keep theirs.</summary>
internal sealed class SetContract(Db db, ContractTexts contracts, ContractInForce inForce)
{
    /// <summary>The body is the contract in YAML.</summary>
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapPut("/{name}/contract", async (string name, HttpContext http, Caller caller, SetContract handler, CancellationToken ct) => (await handler.Handle(caller, name, http.Request.Body, ct)).ToHttp())
        .WithName(nameof(SetContract)).Needs(Permissions.Write).Accepts<Stream>("*/*")
        .Produces<DataContractView>().ProducesProblem(400);

    public async Task<Result<DataContractView>> Handle(Caller caller, string name, Stream body, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.Write) ?? DatasetName.Fault(name)) is { } refused) { return refused; }

        if ((await ContractBody.Read(body, ct)).Fails(out var problem, out var contract)) { return problem; }

        var answer = await inForce.Ask(caller, name, contract, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        await contracts.Keep(contract, ct);
        return await db.Write<Result<DataContractView>>(tx =>
        {
            inForce.Put(tx, caller, name, DatasetStore.Find(tx, caller.Workspace, name), contract, answer.Policy);
            return contract.View;
        }, ct);
    }
}
