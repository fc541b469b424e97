using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Evidence;

/// <summary>A version's identity and reports as evidence by name; docs/governance.md lists the names. Pure.</summary>
internal static class FlattenReports
{
    /// <summary>What never changes of the version, read in the transaction of the decision.</summary>
    public static EvidenceSet Of(VersionIdentity identity)
    {
        var items = new Dictionary<string, EvidenceItem>(StringComparer.Ordinal);
        foreach (var (name, digest) in Digests(identity.Digests)) { items[$"digests.{name}"] = new EvidenceItem(Text: digest, AtMs: identity.CreatedMs, Digest: digest); }

        void Add(string name, string? text)
        {
            if (text is not null) { items[name] = new EvidenceItem(Text: text, AtMs: identity.CreatedMs); }
        }

        Add("version.registeredBy", identity.By);
        Add("version.run", identity.RunId);
        Add("version.pipeline", identity.Pipeline);
        Add("version.dataset", identity.Dataset);
        return new EvidenceSet(items);
    }

    /// <summary>What was measured. It is as old as the version: no report says when it was made.</summary>
    public static EvidenceSet Of(VersionReports reports)
    {
        var (items, at, view) = (new Dictionary<string, EvidenceItem>(StringComparer.Ordinal), reports.Identity.CreatedMs, reports.View);
        var record = reports.Identity.Digests.Evaluation;
        foreach (var metric in view.Metrics.Where(metric => metric.Value is not null))
        {
            // What anybody may log to a run or a model is not what an evaluation has measured: another name.
            var measured = metric.From == "evaluation";
            items[$"{(measured ? "metrics" : metric.From)}.{metric.Name}"] = new EvidenceItem(metric.Value, AtMs: at, Digest: measured ? record : null);
        }

        if (reports.Evaluation is { } evaluation)
        {
            items["evaluation.rows"] = new EvidenceItem(evaluation.Rows, AtMs: at, Digest: record);
            if (evaluation.Decision is { } decision)
            {
                items["decision.threshold"] = new EvidenceItem(decision.Threshold, AtMs: at, Digest: record);
                items["decision.atOrAbove"] = new EvidenceItem(Text: decision.AtOrAbove, AtMs: at, Digest: record);
                items["decision.below"] = new EvidenceItem(Text: decision.Below, AtMs: at, Digest: record);
                if (decision.Favourable is { } favourable) { items["decision.favourable"] = new EvidenceItem(Text: favourable, AtMs: at, Digest: record); }
            }
        }

        Groups(view.Fairness, items, at, record);
        items["findings.warning"] = new EvidenceItem(view.Findings.Count(finding => finding.Severity == "warning"), AtMs: at);
        items["findings.notice"] = new EvidenceItem(view.Findings.Count(finding => finding.Severity == "notice"), AtMs: at);
        foreach (var kind in view.Findings.GroupBy(finding => finding.Kind, StringComparer.Ordinal)) { items[$"findings.{kind.Key}"] = new EvidenceItem(kind.Count(), AtMs: at); }

        return new EvidenceSet(items);
    }

    /// <summary>The digests that are known, by name, in the order of names.</summary>
    public static IEnumerable<(string Name, string Digest)> Digests(VersionDigests digests)
    {
        (string Name, string? Digest)[] all =
        [
            ("code", digests.Code), ("contract", digests.Contract), ("data", digests.Data), ("environment", digests.Environment), ("evaluation", digests.Evaluation),
            ("model", digests.Model), ("profile", digests.Profile), ("source", digests.Source), ("training", digests.Training),
        ];
        return all.Where(one => one.Digest is not null).Select(one => (one.Name, one.Digest!));
    }

    // Groups that are too small decide nothing: they have no ratio here and do not count for the least one.
    private static void Groups(IReadOnlyList<GroupFigure> groups, Dictionary<string, EvidenceItem> items, long at, string? record)
    {
        foreach (var group in groups)
        {
            var name = $"fairness.{group.Column}.{group.Group}";
            items[$"{name}.count"] = new EvidenceItem(group.Count, AtMs: at, Digest: record);
            if (group is { TooSmall: false, SelectionRate: { } rate }) { items[$"{name}.selectionRate"] = new EvidenceItem(rate, AtMs: at, Digest: record); }

            if (group is { TooSmall: false, Ratio: { } ratio }) { items[$"{name}.ratio"] = new EvidenceItem(ratio, AtMs: at, Digest: record); }
        }

        if (groups.Count == 0) { return; }

        items["fairness.smallGroups"] = new EvidenceItem(groups.Count(group => group.TooSmall), AtMs: at, Digest: record);
        var ratios = groups.Where(group => group is { TooSmall: false, IsReference: false, Ratio: not null }).ToList();
        foreach (var column in ratios.GroupBy(group => group.Column, StringComparer.Ordinal))
        {
            items[$"fairness.{column.Key}.worstRatio"] = new EvidenceItem(column.Min(group => group.Ratio), AtMs: at, Digest: record);
        }

        if (ratios.Count > 0) { items["fairness.worstRatio"] = new EvidenceItem(ratios.Min(group => group.Ratio), AtMs: at, Digest: record); }
    }
}
