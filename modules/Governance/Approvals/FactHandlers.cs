using Slipway.Governance.Inventory;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Approvals;

/// <summary>Another policy voids every approval of the workspace, a batch at a time: nobody knows whether the people would have signed under it.</summary>
internal sealed class WhenPolicyChanged(Db db, Overtaken overtaken) : FactHandler<PolicyChanged>
{
    private const int Batch = 100;

    public override string Subscriber => "governance.policyChanged";

    protected override async Task Handle(StoredFact stored, PolicyChanged fact, CancellationToken ct)
    {
        for (var last = ""; last is not null;)
        {
            last = await db.Write(tx =>
            {
                var batch = ApprovalStore.Open(tx, fact.Workspace, null, last, Batch);
                overtaken.Note(tx, Caller.ForJob(Subscriber, fact.Workspace), batch);
                return batch.Count == Batch ? batch[^1].Id : null;
            }, ct);
        }
    }
}

/// <summary>Nothing can be approved of a version that is gone.</summary>
internal sealed class WhenVersionDeleted(Db db, Overtaken overtaken) : FactHandler<VersionDeleted>
{
    public override string Subscriber => "governance.versionDeleted";

    protected override Task Handle(StoredFact stored, VersionDeleted fact, CancellationToken ct) =>
        db.Write(tx => overtaken.Note(tx, Caller.ForJob(Subscriber, fact.Workspace), fact.Model), ct);
}

internal sealed class WhenModelDeleted(Db db, Overtaken overtaken) : FactHandler<ModelDeleted>
{
    public override string Subscriber => "governance.modelDeleted";

    protected override Task Handle(StoredFact stored, ModelDeleted fact, CancellationToken ct) =>
        db.Write(tx => overtaken.Note(tx, Caller.ForJob(Subscriber, fact.Workspace), fact.Model), ct);
}

/// <summary>The inventory's entry goes with the model; approvals do not: they named it by its old name.</summary>
internal sealed class WhenModelRenamed(Db db, Overtaken overtaken) : FactHandler<ModelRenamed>
{
    public override string Subscriber => "governance.modelRenamed";

    protected override Task Handle(StoredFact stored, ModelRenamed fact, CancellationToken ct) => db.Write(tx =>
    {
        var caller = Caller.ForJob(Subscriber, fact.Workspace);
        overtaken.Note(tx, caller, fact.Previous);
        if (InventoryStore.Find(tx, fact.Workspace, fact.Model) is not null || InventoryStore.Find(tx, fact.Workspace, fact.Previous) is not { } entry) { return; }

        InventoryStore.Rename(tx, fact.Workspace, fact.Previous, fact.Model);
        tx.Audit(caller, Actions.InventoryPut, $"model/{fact.Model}", after: entry.Entry, reason: $"The model was called '{fact.Previous}' before.");
        tx.Publish(caller, PutInventory.Changed(fact.Workspace, fact.Model, entry.Entry));
    }, ct);
}
