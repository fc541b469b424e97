using System.Collections.Concurrent;
using System.Data.Common;
using Slipway.Governance.Contracts;
using Slipway.Kernel;

namespace Slipway.Governance.Policies;

/// <summary>A policy as it was set, read.</summary>
/// <param name="Version">0 = built in.</param>
internal sealed record StoredPolicy(long Version, string Text, string Digest, PolicyDefinition Definition, string? Reason = null, long? CreatedMs = null, string? By = null)
{
    /// <summary>For answers of the gate and for the audit log.</summary>
    public string Label => $"{Definition.Name} v{Version}";

    public PolicyView ToView(bool inForce, bool withText) => new(
        Version, Definition.Name, Digest, inForce, Definition.Governs, Definition.SignOffs, Definition.ServiceAccounts,
        [.. Definition.Rows.Select(row => new PolicyRowView(
            row.Name, row.Forbids ? "forbid" : "require", row.Evidence, row.Operator, row.Expected, row.Waivable, row.MaximumAgeMs, row.Tiers, row.Why))],
        CreatedMs, By, Reason, Definition.Description, withText ? Text : null);
}

/// <summary>The policies of workspaces. A text is read once per process: its digest stands for it. Thread safe.</summary>
internal sealed class PolicyStore
{
    private const int MaxKept = 500;
    private static readonly StoredPolicy BuiltIn = ReadBuiltIn();
    private readonly ConcurrentDictionary<string, PolicyDefinition> _read = new(StringComparer.Ordinal);

    /// <summary>The one that decides now.</summary>
    public StoredPolicy InForce(ReadTx tx, string workspace) => tx.QueryOne(
        $"""
        SELECT version, text, digest, reason, created_ms, created_by_name FROM governance_policies
        WHERE workspace = {workspace} ORDER BY version DESC LIMIT 1
        """, Read) ?? BuiltIn;

    public StoredPolicy? Find(ReadTx tx, string workspace, long version) => version == 0 ? BuiltIn : tx.QueryOne(
        $"SELECT version, text, digest, reason, created_ms, created_by_name FROM governance_policies WHERE workspace = {workspace} AND version = {version}", Read);

    /// <summary>The newest first, before a version (exclusive); the built-in one comes last.</summary>
    public List<StoredPolicy> Newest(ReadTx tx, string workspace, long before, int limit)
    {
        var stored = tx.Query(
            $"""
            SELECT version, text, digest, reason, created_ms, created_by_name FROM governance_policies
            WHERE workspace = {workspace} AND version < {before} ORDER BY version DESC LIMIT {limit}
            """, Read);
        return stored.Count < limit && before > 0 ? [.. stored, BuiltIn] : stored;
    }

    public static void Insert(WriteTx tx, Caller by, long version, string text, string digest, string reason) => tx.Execute(
        $"""
        INSERT INTO governance_policies (workspace, version, text, digest, reason, created_ms, created_by, created_by_name)
        VALUES ({by.Workspace}, {version}, {text}, {digest}, {reason}, {tx.Clock.NowMs()}, {by.Id}, {by.Name})
        """);

    private StoredPolicy Read(DbDataReader row)
    {
        var (text, digest) = (row.GetString(1), row.GetString(2));
        if (_read.Count > MaxKept) { _read.Clear(); }

        return new StoredPolicy(row.GetInt64(0), text, digest, _read.GetOrAdd(digest, _ => Parse(text)), row.GetString(3), row.GetInt64(4), row.GetString(5));
    }

    private static PolicyDefinition Parse(string text)
    {
        var faults = new List<PolicyFaultView>();
        return PolicyReader.Read(text, faults) ?? throw new InvalidOperationException($"A stored policy cannot be read: {faults[0].Detail}");
    }

    private static StoredPolicy ReadBuiltIn()
    {
        using var reader = new StreamReader(typeof(PolicyStore).Assembly.GetManifestResourceStream("Governance/default.yaml")!);
        var text = reader.ReadToEnd();
        return new StoredPolicy(0, text, PolicyReader.DigestOf(text), Parse(text));
    }
}
