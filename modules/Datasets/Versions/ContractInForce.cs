using Slipway.Datasets.Ports;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>The one way in which a contract comes into force, by itself or with a version: the gate is asked, and what changes is audited and told.</summary>
internal sealed class ContractInForce(IGate gate, LiveHub live)
{
    /// <summary>Asked before the transaction of <see cref="Put"/>.</summary>
    public Task<GateAnswer> Ask(Caller caller, string name, ReadContract contract, CancellationToken ct) =>
        gate.Ask(caller, Actions.SetContract.Name, $"dataset/{name}", new Dictionary<string, string> { ["contract"] = contract.Digest }, ct);

    /// <summary>Puts a contract in force, in the caller's transaction; the one that is in force already changes nothing.</summary>
    /// <param name="before">The dataset as this transaction sees it; null makes it.</param>
    /// <param name="policy">What allowed it.</param>
    public void Put(WriteTx tx, Caller caller, string name, Dataset? before, ReadContract contract, string policy)
    {
        if (before?.ContractDigest == contract.Digest) { return; }

        DatasetStore.SaveContract(tx, caller, contract.View);
        DatasetStore.Save(tx, caller.Workspace, name, contract.Contract.Description, contract.Digest, before?.Versions ?? 0);
        tx.Publish(caller, new DatasetContractChanged(caller.Workspace, name, contract.Digest));
        tx.Audit(caller, Actions.SetContract, $"dataset/{name}", before?.ContractDigest, contract.Digest, policy: policy);
        tx.AfterCommit(() => live.Send(new LiveChange("dataset", caller.Workspace, name)));
    }
}
