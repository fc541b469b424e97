using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Approvals;
using Slipway.Governance.Contracts;
using Slipway.Governance.Ports;
using Slipway.Identity.Ports;
using Slipway.Kernel;

namespace Slipway.Governance.Inventory;

/// <summary>Makes or changes the entry of a model; the approvals that were bound to the one before are void from that moment. The same entry again changes nothing.</summary>
internal sealed class PutInventory(Db db, IPrincipals principals, Overtaken overtaken, LiveHub live)
{
    public static void Map(RouteGroupBuilder inventory)
    {
        inventory.MapPut("/{model}", async (string model, InventoryRequest body, Caller caller, PutInventory handler, CancellationToken ct) => (await handler.Handle(caller, model, body, ct)).ToHttp())
            .Needs(Permissions.InventoryWrite).WithName(nameof(PutInventory)).WithSummary("Makes or changes the entry of a model; its approvals are void from that moment.")
            .Produces<InventoryEntryView>().ProducesProblem(400);
        inventory.MapPut("/{model}/text", async (string model, InventoryTextRequest body, Caller caller, PutInventory handler, CancellationToken ct) => (await handler.FromText(caller, model, body.Text, ct)).ToHttp())
            .Needs(Permissions.InventoryWrite).WithName("PutInventoryText").WithSummary("The same from YAML, with faults by line.").Produces<InventoryEntryView>().ProducesProblem(400);
    }

    public async Task<Result<InventoryEntryView>> FromText(Caller caller, string model, string text, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.InventoryWrite) is { } denied) { return denied; }

        return InventoryText.Read(text).Fails(out var fault, out var entry) ? fault : await Handle(caller, model, entry, ct);
    }

    public async Task<Result<InventoryEntryView>> Handle(Caller caller, string model, InventoryRequest given, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.InventoryWrite) is { } denied) { return denied; }

        if (TextRules.ModelFault(model) is { } wrongModel) { return wrongModel; }

        if (!caller.Open(ObjectRef.Model).Includes(model)) { return Problem.NotFound("model", model); }

        if (InventoryRules.Faults(given) is { Count: > 0 } faults) { return Problem.Invalid(faults); }

        return await db.Write<Result<InventoryEntryView>>(tx =>
        {
            var before = InventoryStore.Find(tx, caller.Workspace, model);
            if (Owner(tx, given.Owner, before).Fails(out var nobody, out var owner)) { return nobody; }

            var entry = new InventoryEntry(
                given.Purpose, given.UseCase, given.ApprovedUses, new SortedDictionary<string, TierFactor>(given.Factors.ToDictionary(), StringComparer.Ordinal), owner?.Id, owner?.Name, given.Conditions);
            if (before?.Digest == entry.Digest) { return before.ToView(); }

            InventoryStore.Put(tx, caller, model, entry);
            tx.Audit(caller, Actions.InventoryPut, $"model/{model}", before?.Entry, entry);
            tx.Publish(caller, Changed(caller.Workspace, model, entry));
            var voided = overtaken.Note(tx, caller, model);
            tx.AfterCommit(() => live.Send(new LiveChange("inventory", caller.Workspace, model)));
            return InventoryStore.Find(tx, caller.Workspace, model)!.ToView(voided);
        }, ct);
    }

    public static InventoryChanged Changed(string workspace, string model, InventoryEntry entry) => new(
        workspace, model, entry.Purpose, entry.OwnerId, entry.OwnerName, entry.Tier.Number, entry.UseCase, entry.ApprovedUses, entry.Digest, entry.Approved);

    // An owner who has left stays named until somebody names another one.
    private Result<Principal?> Owner(ReadTx tx, string? given, InventoryRow? before)
    {
        if (given is null) { return (Principal?)null; }

        if (principals.Look(tx, given) is not { Kind: PrincipalKind.Person or PrincipalKind.LocalOwner } person)
        {
            return Problem.Invalid("owner", $"'{given}' is no person here; give the name or the id of somebody who can sign in.");
        }

        return person.Active || before?.Entry.OwnerId == person.Id ? person : Problem.Invalid("owner", $"'{given}' was deactivated and cannot answer for a model; name somebody else.");
    }
}
