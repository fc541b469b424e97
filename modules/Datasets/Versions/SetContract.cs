using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>Puts a contract in force for the next versions of a dataset, which is made when it is new; versions that are there keep theirs.</summary>
internal sealed class SetContract(Db db, ContractTexts contracts, IGate gate, LiveHub live)
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

        var answer = await gate.Ask(caller, Actions.SetContract.Name, $"dataset/{name}", new Dictionary<string, string> { ["contract"] = contract.Digest }, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        await contracts.Keep(contract, ct);
        return await db.Write<Result<DataContractView>>(tx =>
        {
            var before = DatasetStore.Find(tx, caller.Workspace, name);
            if (before?.ContractDigest == contract.Digest) { return contract.View; }

            DatasetStore.SaveContract(tx, caller, contract.View);
            DatasetStore.Save(tx, caller.Workspace, name, contract.Contract.Description, contract.Digest, before?.Versions ?? 0);
            tx.Publish(caller, new DatasetContractChanged(caller.Workspace, name, contract.Digest));
            tx.Audit(caller, Actions.SetContract, $"dataset/{name}", before?.ContractDigest, contract.Digest, policy: answer.Policy);
            tx.AfterCommit(() => live.Send(new LiveChange("dataset", caller.Workspace, name)));
            return contract.View;
        }, ct);
    }
}
