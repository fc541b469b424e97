using System.Globalization;
using System.Text.Json.Serialization;

namespace Slipway.Governance.Evidence;

/// <summary>One piece of evidence: a number, a text or a truth value; exactly one of the three.</summary>
/// <param name="AtMs">When it came to be known; null = unknown, which is too old for a row that asks for an age.</param>
/// <param name="Digest">SHA-256 of the record that it was read from; null when it is from none.</param>
internal sealed record EvidenceItem(double? Number = null, string? Text = null, bool? Flag = null, long? AtMs = null, string? Digest = null)
{
    /// <summary>Ready to read: numbers with as many digits as tell them apart.</summary>
    [JsonIgnore]
    public string Shown => Number is { } number ? number.ToString("R", CultureInfo.InvariantCulture) : Text ?? (Flag == true ? "true" : "false");

    public bool SameAs(EvidenceItem other) => Number is { } number ? other.Number is { } one && number.Equals(one)
        : Text is { } text ? other.Text == text
        : Flag is { } flag && other.Flag == flag;
}
