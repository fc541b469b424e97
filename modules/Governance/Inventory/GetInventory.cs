using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Inventory;

/// <summary>Entries of the inventory: one, or all by the models' names.</summary>
internal sealed class GetInventory(Db db)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder inventory)
    {
        inventory.MapGet("", async (string? cursor, int? limit, Caller caller, GetInventory handler, CancellationToken ct) => (await handler.List(caller, cursor, limit ?? DefaultLimit, ct)).ToHttp())
            .Needs(Permissions.InventoryRead).WithName("ListInventory").WithSummary("The inventory, by the models' names.").Produces<Page<InventoryEntryView>>().ProducesProblem(400);
        inventory.MapGet("/{model}", async (string model, Caller caller, GetInventory handler, CancellationToken ct) => (await handler.Handle(caller, model, ct)).ToHttp())
            .Needs(Permissions.InventoryRead).WithName(nameof(GetInventory)).WithSummary("What a model is for, who answers for it and how consequential it is.").Produces<InventoryEntryView>().ProducesProblem(404);
    }

    public async Task<Result<InventoryEntryView>> Handle(Caller caller, string model, CancellationToken ct) => caller.Lacks(Permissions.InventoryRead) is { } denied
        ? denied
        : await db.Read<Result<InventoryEntryView>>(tx => caller.Open(ObjectRef.Model).Includes(model) && InventoryStore.Find(tx, caller.Workspace, model) is { } found ? found.ToView() : Problem.NotFound("entry in the inventory for", model), ct);

    public async Task<Result<Page<InventoryEntryView>>> List(Caller caller, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.InventoryRead) is { } denied) { return denied; }

        if (Paging.LimitFault(limit) is { } tooMany) { return tooMany; }

        return await db.Read(tx =>
        {
            var found = InventoryStore.List(tx, caller, cursor ?? "", limit + 1);
            return new Page<InventoryEntryView>([.. found.Take(limit).Select(entry => entry.ToView())], found.Count > limit ? found[limit - 1].Model : null);
        }, ct);
    }
}
