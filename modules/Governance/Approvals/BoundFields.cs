using System.Globalization;
using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Approvals;

/// <summary>
/// Everything that a sign-off is bound to, by name. The digest is SHA-256 over the fields as canonical JSON (sorted names, no white space), so whoever signs it signs each of them.
/// </summary>
internal sealed class BoundFields(SortedDictionary<string, string> fields)
{
    /// <summary>Before the name of a row that an exception stands for.</summary>
    public const string ExceptionPrefix = "exception.";

    public IReadOnlyDictionary<string, string> Values => fields;

    public string Digest { get; } = AuditDigest.Of(fields)!;

    /// <param name="identity">Null = the version is gone.</param>
    /// <param name="evidence">What the reports said; its digest is one of the fields.</param>
    public static BoundFields Of(
        string model, long version, string requestedBy, VersionIdentity? identity, EvidenceSet evidence, InventoryEntry? entry, StoredPolicy policy, Judgement judgement)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = model,
            ["requestedBy"] = requestedBy,
            ["evidence"] = evidence.Digest,
            ["policy.version"] = Text(policy.Version),
            ["policy.digest"] = policy.Digest,
        };
        if (identity is not null)
        {
            fields["version"] = Text(version);
            fields["version.registeredBy"] = identity.By;
            fields["version.registeredMs"] = Text(identity.CreatedMs);
            foreach (var (name, digest) in FlattenReports.Digests(identity.Digests)) { fields[$"digests.{name}"] = digest; }
        }

        foreach (var name in (string[])["threshold", "atOrAbove", "below", "favourable"])
        {
            if (evidence[$"decision.{name}"] is { } decision) { fields[$"decision.{name}"] = decision.Shown; }
        }

        foreach (var (name, value) in entry?.Fields() ?? []) { fields[name] = value; }

        foreach (var row in judgement.Rows.Where(row => row.ExceptionId is not null)) { fields[ExceptionPrefix + row.Row.Name] = row.ExceptionId!; }

        return new BoundFields(fields);
    }

    /// <summary>What is different in <paramref name="now"/>, by name.</summary>
    public List<BoundChange> ChangesTo(BoundFields now) =>
    [
        .. from name in Values.Keys.Union(now.Values.Keys).Order(StringComparer.Ordinal)
           let change = new BoundChange(name, Values.GetValueOrDefault(name), now.Values.GetValueOrDefault(name))
           where change.From != change.To
           select change,
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
