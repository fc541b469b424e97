using System.Globalization;
using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;

namespace Slipway.Governance.Policies;

/// <summary>What a policy says of some evidence.</summary>
/// <param name="Allowed">Every requirement is met or waived, and nothing forbids.</param>
/// <param name="Rows">The rows that count, as the policy has them.</param>
internal sealed record Judgement(bool Allowed, IReadOnlyList<RowResult> Rows)
{
    /// <summary>The rows that stand against it; those that forbid come first, since they win.</summary>
    public IEnumerable<RowResult> Against => Rows.Where(row => row.Stops).OrderBy(row => row.Row.Forbids ? 0 : 1);
}

/// <param name="StaleMs">When the evidence will be too old; null = never, or it is so already.</param>
internal sealed record RowResult(PolicyRow Row, RowVerdict Verdict, string Sentence, string? Actual = null, long? AgeMs = null, string? Digest = null, string? ExceptionId = null, long? StaleMs = null)
{
    public bool Stops => Verdict is not (RowVerdict.Met or RowVerdict.Waived);

    public ApprovalRowView ToView() => new(
        Row.Name, Row.Forbids ? "forbid" : "require", Row.Evidence, Row.Operator, Row.Expected, Verdict, Sentence, Row.Waivable, Actual, AgeMs, Row.MaximumAgeMs, Digest, ExceptionId, Row.Why);
}

/// <summary>Evaluates a policy. Pure: the same policy, evidence, exceptions and time give the same judgement; there is no other input.</summary>
internal static class Evaluation
{
    /// <param name="exceptions">Id of the exception by the row that it waives.</param>
    /// <param name="nowMs">The only clock there is.</param>
    public static Judgement Judge(PolicyDefinition policy, EvidenceSet evidence, IReadOnlyDictionary<string, string> exceptions, long nowMs)
    {
        var rows = policy.Rows.Where(row => row.CountsFor(evidence.Tier)).Select(row => Judge(row, evidence, exceptions, nowMs)).ToList();

        // Deny by default: what nothing asks for, nothing has shown to be right.
        return new Judgement(rows.Exists(row => !row.Row.Forbids) && rows.TrueForAll(row => !row.Stops), rows);
    }

    private static RowResult Judge(PolicyRow row, EvidenceSet evidence, IReadOnlyDictionary<string, string> exceptions, long nowMs)
    {
        var item = evidence[row.Evidence];
        var age = item?.AtMs is { } at ? Math.Max(0, nowMs - at) : (long?)null;
        var stale = item is not null && row.MaximumAgeMs is { } most && !(age <= most);
        var verdict = stale ? RowVerdict.Stale : row.Condition.Holds(evidence) switch
        {
            null => RowVerdict.Missing,
            var holds => holds != row.Forbids ? RowVerdict.Met : item is null ? RowVerdict.Missing : RowVerdict.Unmet,
        };
        var sentence = Sentence(row, item, age, verdict);
        var result = new RowResult(row, verdict, sentence, item?.Shown, age, item?.Digest)
        {
            StaleMs = !stale && row.MaximumAgeMs is { } limit && item?.AtMs is { } since ? since + limit : null,
        };

        // A row that forbids cannot be waived, whatever somebody has granted.
        return result.Stops && row is { Waivable: true, Forbids: false } && exceptions.TryGetValue(row.Name, out var exception)
            ? result with { Verdict = RowVerdict.Waived, ExceptionId = exception, Sentence = $"{sentence} An exception stands in its place." }
            : result;
    }

    private static string Sentence(PolicyRow row, EvidenceItem? item, long? age, RowVerdict verdict)
    {
        var expected = $"{Words(row.Operator)}{(row.Expected.Length == 0 ? "" : $" {row.Expected}")}";
        var actual = item is { Number: { } number } ? number.ToString("0.####", CultureInfo.InvariantCulture) : item is null ? "" : $"'{Cut(item.Shown)}'";
        return (verdict, row.Forbids) switch
        {
            (RowVerdict.Missing, false) when item is null => $"{row.Name}: {row.Evidence} is not known; it must {expected}.",
            (RowVerdict.Missing, false) => $"{row.Name}: {row.Evidence} is {actual}, which cannot be compared; it must {expected}.",
            (RowVerdict.Missing, true) => $"{row.Name}: {row.Evidence} is {(item is null ? "not known" : actual)}, so nothing rules out that it would {expected}, which is forbidden.",
            (RowVerdict.Stale, _) when age is null => $"{row.Name}: nothing says how old {row.Evidence} is; it may be {Durations.Text(row.MaximumAgeMs!.Value)} old.",
            (RowVerdict.Stale, _) => $"{row.Name}: {row.Evidence} is {Durations.Text(age!.Value)} old; it may be {Durations.Text(row.MaximumAgeMs!.Value)} old.",
            (RowVerdict.Unmet, true) => $"{row.Name}: {row.Evidence} is {actual}; that it should {expected} is forbidden.",
            (RowVerdict.Unmet, false) => $"{row.Name}: {row.Evidence} is {actual}; it must {expected}.",
            (_, true) => $"{row.Name}: {row.Evidence} is {(item is null ? "not there" : actual)}; it does not {expected}, which is forbidden.",
            _ => $"{row.Name}: {row.Evidence} is {actual}.",
        };
    }

    private static string Words(string operation) => operation switch
    {
        "exists" => "be there",
        "equals" => "be",
        "differs" => "be other than",
        "atLeast" => "be at least",
        "atMost" => "be at most",
        "above" => "be above",
        "below" => "be below",
        _ => "be one of",
    };

    // The first digits tell digests apart by eye.
    private static string Cut(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? text[..12] + "…" : text.Length <= 60 ? text : text[..59] + "…";
}
