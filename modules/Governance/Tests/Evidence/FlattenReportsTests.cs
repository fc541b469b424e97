using Slipway.Governance.Approvals;
using Slipway.Governance.Evidence;
using Slipway.Governance.Ports;
using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Governance.Tests.Evidence;

public sealed class FlattenReportsTests
{
    private static readonly VersionIdentity Identity = new("w", "late", 3, 1_000, "ada-id", "ada", new VersionDigests(Model: "m1", Evaluation: "e1"), "invoices", 2, "run1", "monthly", "p1");

    private static readonly ModelVersionView View = new(
        "late", 3, 1_000, 1_000, "ada", ModelStage.None, [], new Dictionary<string, string>(), "runs:/x", Identity.Digests,
        [new MetricFigure("roc_auc", "evaluation", 0.81), new MetricFigure("undefined", "evaluation"), new MetricFigure("loss", "run", 0.4)],
        [
            new GroupFigure("region", "south", 900, IsReference: true, TooSmall: false, SelectionRate: 0.9),
            new GroupFigure("region", "north", 480, false, false, 0.75, Ratio: 0.83), new GroupFigure("region", "isle", 20, false, TooSmall: true, SelectionRate: 0.1, Ratio: 0.11),
            new GroupFigure("sex", "f", 700, false, false, 0.7, Ratio: 0.79),
        ],
        [new VersionFinding("single_feature", "…", "x", "warning"), new VersionFinding("missing_evidence", "…"), new VersionFinding("missing_evidence", "…")], new ModelCard([]));

    [Fact]
    public void Reports_become_evidence_by_name_with_age_and_record()
    {
        var evidence = FlattenReports.Of(new VersionReports(Identity, View, null, Evaluation())).With(FlattenReports.Of(Identity));

        Assert.Equal(new EvidenceItem(0.81, AtMs: 1_000, Digest: "e1"), evidence["metrics.roc_auc"]);
        Assert.Equal(new EvidenceItem(0.4, AtMs: 1_000), evidence["run.loss"]);
        Assert.Null(evidence["metrics.undefined"]);
        Assert.Equal((0.83, 0.79, 0.79), (evidence["fairness.region.worstRatio"]!.Number, evidence["fairness.sex.worstRatio"]!.Number, evidence["fairness.worstRatio"]!.Number));
        Assert.Equal((20.0, 1.0), (evidence["fairness.region.isle.count"]!.Number, evidence["fairness.smallGroups"]!.Number));
        Assert.Null(evidence["fairness.region.isle.ratio"]);
        Assert.Null(evidence["fairness.region.isle.selectionRate"]);
        Assert.Null(evidence["fairness.region.south.ratio"]);
        Assert.Equal((1.0, 2.0, 1.0, 2.0), (evidence["findings.warning"]!.Number, evidence["findings.notice"]!.Number, evidence["findings.single_feature"]!.Number, evidence["findings.missing_evidence"]!.Number));
        Assert.Equal((0.25, "prepay", "invoice", "invoice"), (evidence["decision.threshold"]!.Number, evidence["decision.atOrAbove"]!.Text, evidence["decision.below"]!.Text, evidence["decision.favourable"]!.Text));
        Assert.Equal(new ApprovedDecision(0.25, "prepay", "invoice"), ApprovalsPort.DecisionOf(evidence));
        Assert.Equal(("m1", "e1", "ada-id", "monthly"), (evidence["digests.model"]!.Text, evidence["digests.evaluation"]!.Text, evidence["version.registeredBy"]!.Text, evidence["version.pipeline"]!.Text));
        Assert.Null(evidence["digests.data"]);
    }

    [Fact]
    public void Evidence_is_stored_and_read_back_as_the_same()
    {
        var evidence = FlattenReports.Of(new VersionReports(Identity, View, null, Evaluation()));

        var again = EvidenceSet.Parse(evidence.ToJson());

        Assert.Equal(evidence.Names, again.Names);
        Assert.Equal(evidence.Digest, again.Digest);
        Assert.All(evidence.Names, name => Assert.Equal(evidence[name], again[name]));
    }

    [Fact]
    public void A_version_of_which_nothing_is_known_has_no_fairness()
    {
        var evidence = FlattenReports.Of(new VersionReports(Identity, View with { Fairness = [], Metrics = [], Findings = [] }, null, null));

        Assert.Equal(["findings.notice", "findings.warning"], evidence.Names);
        Assert.Equal(new ApprovedDecision(null, null, null), ApprovalsPort.DecisionOf(evidence));
    }

    private static EvaluationReport Evaluation() => new(
        "binary", "m1", "d1", 1_500, new LabelView("late", "yes"), new Dictionary<string, double?> { ["roc_auc"] = 0.81 }, [], [], new DecisionView(0.25, "prepay", "invoice", "invoice"));
}
