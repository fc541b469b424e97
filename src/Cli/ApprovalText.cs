using Slipway.Governance.Contracts;

namespace Slipway.Cli;

/// <summary>Approvals as people read them.</summary>
internal static class ApprovalText
{
    public static void Print(ApprovalView view)
    {
        foreach (var line in Lines(view)) { Terminal.Line(line); }
    }

    public static IEnumerable<string> Lines(ApprovalView view)
    {
        yield return $"{view.Model} version {view.Version}: {Word(view.State)}{(view.InForce ? ", in force" : "")}; asked for {Show.Time(view.RequestedMs)} by {view.RequestedBy}: {view.Reason}";
        yield return $"  approval {view.Id}, policy {view.Policy}{(view.Tier is { } tier ? $", tier {tier}" : "")}, {view.Needs.Have} of {Show.Plural(view.Needs.SignOffs, "sign-off")}{Ends(view)}";
        foreach (var row in view.Rows) { yield return $"  {Word(row.Verdict),-8} {row.Sentence}"; }

        foreach (var signOff in view.SignOffs) { yield return $"  signed   by {signOff.By}, {Show.Time(signOff.AtMs)}: {signOff.Reason}"; }

        if (view.EndedReason is { } reason) { yield return $"  ended    {(view.EndedMs is { } ended ? Show.Time(ended) : "")} by {view.EndedBy}: {reason}"; }

        foreach (var change in view.Overtaken) { yield return $"  changed  {change.Field}: {change.From ?? "-"} -> {change.To ?? "-"}"; }

        yield return $"  evidence {view.EvidenceDigest}, over {Show.Plural(view.Bound.Count, "field")}{Since(view)}";
    }

    public static IReadOnlyList<string?> Row(ApprovalRow row) =>
    [
        row.Id, row.Model, $"{row.Version}", Word(row.State) + (row.InForce ? ", in force" : ""), $"{row.Needs.Have}/{row.Needs.SignOffs}", row.Unmet == 0 ? "-" : $"{row.Unmet}",
        row.Waived == 0 ? "-" : $"{row.Waived}", Show.Time(row.RequestedMs), row.RequestedBy,
    ];

    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Ends(ApprovalView view) => view.ExpiresMs is { } ends ? $", ends {Show.Time(ends)}" : "";

    private static string Since(ApprovalView view) => view.ComparedVersion is { } before ? $"; {Show.Plural(view.Changes.Count, "difference")} from version {before}, approved last" : "";
}
