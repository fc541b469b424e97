using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Governance.Evidence;

/// <summary>Evidence by name; what is not in it is not known. Immutable once it is made.</summary>
internal sealed class EvidenceSet
{
    private readonly SortedDictionary<string, EvidenceItem> _items = new(StringComparer.Ordinal);

    public EvidenceSet(params IEnumerable<KeyValuePair<string, EvidenceItem>> items)
    {
        foreach (var (name, item) in items) { _items[name] = item; }
    }

    public EvidenceItem? this[string name] => _items.GetValueOrDefault(name);

    public IReadOnlyCollection<string> Names => _items.Keys;

    /// <summary>Of the inventory's entry, 1 to 4; null when it is not known.</summary>
    public int? Tier => this["inventory.tier"]?.Number is { } number && number is 1 or 2 or 3 or 4 ? (int)number : null;

    /// <summary>SHA-256 of all of it.</summary>
    public string Digest => AuditDigest.Of(_items)!;

    /// <summary>This and more; on the same name <paramref name="more"/> wins.</summary>
    public EvidenceSet With(EvidenceSet more) => new([.. _items, .. more._items]);

    public string ToJson() => JsonSerializer.Serialize(_items, WireJson.Options);

    public static EvidenceSet Parse(string json) => new(JsonSerializer.Deserialize<Dictionary<string, EvidenceItem>>(json, WireJson.Options)!);
}
