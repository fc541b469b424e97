using System.Data.Common;
using System.Text.Json;
using Slipway.Governance.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Inventory;

/// <summary>A row of <c>governance_inventory</c>.</summary>
internal sealed record InventoryRow(string Model, InventoryEntry Entry, string Digest, long ChangedMs, string ChangedBy)
{
    public InventoryEntryView ToView(IReadOnlyList<string>? voided = null) => new(
        Model, Entry.Purpose, Entry.UseCase, Entry.ApprovedUses, Entry.Factors, Entry.Tier.Number, Entry.Tier.Score, Entry.Tier.Reason(Entry.Factors), Digest, ChangedMs, ChangedBy,
        Entry.OwnerId is { } owner ? new InventoryOwner(owner, Entry.OwnerName ?? owner) : null, Entry.Conditions, voided);
}

internal static class InventoryStore
{
    public static InventoryRow? Find(ReadTx tx, string workspace, string model) => tx.QueryOne(
        $"SELECT model, entry, digest, changed_ms, changed_by_name FROM governance_inventory WHERE workspace = {workspace} AND model = {model}", Read);

    /// <summary>By name of the model, after one (exclusive); without models that are hidden from the caller.</summary>
    public static List<InventoryRow> List(ReadTx tx, Caller caller, string after, int limit) => tx.Query(
        $"""
        SELECT model, entry, digest, changed_ms, changed_by_name FROM governance_inventory
        WHERE workspace = {caller.Workspace} AND model > {after}{caller.Open(ObjectRef.Model).And(tx.Dialect, "model")} ORDER BY model LIMIT {limit}
        """, Read);

    public static void Put(WriteTx tx, Caller by, string model, InventoryEntry entry) => tx.Execute(
        $"""
        INSERT INTO governance_inventory (workspace, model, entry, digest, changed_ms, changed_by, changed_by_name)
        VALUES ({by.Workspace}, {model}, {JsonSerializer.Serialize(entry, Json)}, {entry.Digest}, {tx.Clock.NowMs()}, {by.Id}, {by.Name})
        ON CONFLICT (workspace, model) DO UPDATE SET entry = EXCLUDED.entry, digest = EXCLUDED.digest, changed_ms = EXCLUDED.changed_ms,
            changed_by = EXCLUDED.changed_by, changed_by_name = EXCLUDED.changed_by_name
        """);

    /// <summary>The entry goes with its model to another name, unless that name has one of its own.</summary>
    public static void Rename(WriteTx tx, string workspace, string from, string to) => tx.Execute(
        $"""
        UPDATE governance_inventory SET model = {to} WHERE workspace = {workspace} AND model = {from}
            AND NOT EXISTS (SELECT 1 FROM governance_inventory taken WHERE taken.workspace = {workspace} AND taken.model = {to})
        """);

    // An older or newer program may have written other fields.
    private static readonly JsonSerializerOptions Json = new(WireJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };

    private static InventoryRow Read(DbDataReader row) => new(
        row.GetString(0), JsonSerializer.Deserialize<InventoryEntry>(row.GetString(1), Json)!, row.GetString(2), row.GetInt64(3), row.GetString(4));
}
