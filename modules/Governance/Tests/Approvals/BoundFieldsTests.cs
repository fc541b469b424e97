using Slipway.Governance.Approvals;
using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Governance.Tests.Policies;
using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Tests.Approvals;

public sealed class BoundFieldsTests
{
    private static readonly World Whole = new(
        new VersionIdentity("w", "late", 1, 1_000, "ada", "ada", new VersionDigests("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9")),
        new InventoryEntry(
            "Says who pays late.", "Reminders", ["Order of reminders", "Staffing"],
            new SortedDictionary<string, TierFactor>(StringComparer.Ordinal) { ["exposure"] = new(3, "Some."), ["purpose"] = new(2, "A person looks.") }, "olga-id", "olga",
            new ModelConditions(new PopulationLimit(0.25, ["amount"]), [new DecisionShare("remind", 0.1, 0.3)])),
        new EvidenceSet([
            new("decision.threshold", new EvidenceItem(0.25)), new("decision.atOrAbove", new EvidenceItem(Text: "remind")), new("decision.below", new EvidenceItem(Text: "wait")),
            new("decision.favourable", new EvidenceItem(Text: "wait")), new("metrics.auc", new EvidenceItem(0.6)),
        ]));

    /// <summary>One change of what is behind each field, and the field that must be named.</summary>
    private static readonly (string Field, Func<World, World> Change)[] Mutations =
    [
        ("model", world => world with { Model = "later" }),
        ("version", world => world with { Version = 2 }),
        ("requestedBy", world => world with { RequestedBy = "ben" }),
        ("version.registeredBy", world => world with { Identity = world.Identity with { By = "ben" } }),
        ("version.registeredMs", world => world with { Identity = world.Identity with { CreatedMs = 1_001 } }),
        ("digests.model", world => Digests(world, digests => digests with { Model = "b" })),
        ("digests.data", world => Digests(world, digests => digests with { Data = "b" })),
        ("digests.code", world => Digests(world, digests => digests with { Code = "b" })),
        ("digests.environment", world => Digests(world, digests => digests with { Environment = null })),
        ("digests.training", world => Digests(world, digests => digests with { Training = "b" })),
        ("digests.evaluation", world => Digests(world, digests => digests with { Evaluation = "b" })),
        ("digests.source", world => Digests(world, digests => digests with { Source = "b" })),
        ("digests.contract", world => Digests(world, digests => digests with { Contract = null })),
        ("digests.profile", world => Digests(world, digests => digests with { Profile = "b" })),
        ("evidence", world => Evidence(world, "metrics.auc", new EvidenceItem(0.61))),
        ("decision.threshold", world => Evidence(world, "decision.threshold", new EvidenceItem(0.250001))),
        ("decision.atOrAbove", world => Evidence(world, "decision.atOrAbove", new EvidenceItem(Text: "visit"))),
        ("decision.below", world => Evidence(world, "decision.below", new EvidenceItem(Text: "visit"))),
        ("decision.favourable", world => Evidence(world, "decision.favourable", new EvidenceItem(Text: "remind"))),
        ("inventory.purpose", world => Entry(world, entry => entry with { Purpose = "Says who never pays." })),
        ("inventory.useCase", world => Entry(world, entry => entry with { UseCase = "Court" })),
        ("inventory.approvedUses[0]", world => Entry(world, entry => entry with { ApprovedUses = ["Refusal", "Staffing"] })),
        ("inventory.approvedUses[1]", world => Entry(world, entry => entry with { ApprovedUses = ["Order of reminders"] })),
        ("inventory.factors.exposure", world => Factor(world, "exposure", new(3, "Many."))),
        ("inventory.factors.purpose", world => Factor(world, "purpose", new(2, "Nobody looks."))),
        ("inventory.tier", world => Factor(world, "purpose", new(5, "It decides alone."))),
        ("inventory.owner", world => Entry(world, entry => entry with { OwnerId = "ben-id", OwnerName = "ben" })),
        ("inventory.conditions.population.maximumPsi", world => Population(world, new PopulationLimit(0.5, ["amount"]))),
        ("inventory.conditions.population.features", world => Population(world, new PopulationLimit(0.25))),
        ("inventory.conditions.decisions.remind", world => Entry(world, entry => entry with { Conditions = entry.Conditions! with { Decisions = [new DecisionShare("remind", 0.1, 0.31)] } })),
        ("policy.version", world => world with { PolicyVersion = 8 }),
        ("policy.digest", world => world with { PolicyText = World.Rows.Replace("0.7", "0.65", StringComparison.Ordinal) }),
        ("exception.auc", world => world with { Exception = "e2" }),
    ];

    [Fact]
    public void A_change_of_any_field_is_named_and_changes_the_digest()
    {
        var before = Whole.Bound();
        foreach (var (field, change) in Mutations)
        {
            var after = change(Whole).Bound();

            Assert.True(before.ChangesTo(after).Exists(found => found.Field == field), $"{field}: {string.Join(", ", before.ChangesTo(after).Select(found => found.Field))}");
            Assert.NotEqual(before.Digest, after.Digest);
        }
    }

    [Fact]
    public void Every_field_is_changed_by_one_of_them() => Assert.Equal(Whole.Bound().Values.Keys.Order(StringComparer.Ordinal), Mutations.Select(mutation => mutation.Field).Order(StringComparer.Ordinal));

    [Fact]
    public void What_stays_the_same_has_the_same_digest_and_an_added_condition_is_named()
    {
        Assert.Empty(Whole.Bound().ChangesTo(Whole.Bound()));
        Assert.Equal(Whole.Bound().Digest, Whole.Bound().Digest);

        var added = Whole.Bound().ChangesTo(Entry(Whole, entry => entry with { Conditions = entry.Conditions! with { Decisions = [.. entry.Conditions.Decisions!, new DecisionShare("wait", 0.7, 0.9)] } }).Bound());

        Assert.Equal(new BoundChange("inventory.conditions.decisions.wait", null, "0.7 to 0.9"), Assert.Single(added));
    }

    private static World Digests(World world, Func<VersionDigests, VersionDigests> change) => world with { Identity = world.Identity with { Digests = change(world.Identity.Digests) } };

    private static World Entry(World world, Func<InventoryEntry, InventoryEntry> change) => world with { Entry = change(world.Entry) };

    private static World Factor(World world, string name, TierFactor factor) =>
        Entry(world, entry => entry with { Factors = new SortedDictionary<string, TierFactor>(entry.Factors, StringComparer.Ordinal) { [name] = factor } });

    private static World Population(World world, PopulationLimit limit) => Entry(world, entry => entry with { Conditions = entry.Conditions! with { Population = limit } });

    private static World Evidence(World world, string name, EvidenceItem item) => world with { Reports = world.Reports.With(new EvidenceSet([new(name, item)])) };

    /// <summary>Everything that is behind the fields of one approval.</summary>
    private sealed record World(VersionIdentity Identity, InventoryEntry Entry, EvidenceSet Reports)
    {
        public const string Rows = "policy: p\ngoverns: []\nrows:\n  - { name: auc, evidence: metrics.auc, operator: atLeast, value: 0.7, waivable: true }";

        public string Model { get; init; } = "late";

        public long Version { get; init; } = 1;

        public string RequestedBy { get; init; } = "vera";

        public long PolicyVersion { get; init; } = 7;

        public string PolicyText { get; init; } = Rows;

        public string Exception { get; init; } = "e1";

        public BoundFields Bound()
        {
            var policy = new StoredPolicy(PolicyVersion, PolicyText, PolicyReader.DigestOf(PolicyText), PolicyReaderTests.Read(PolicyText));
            var judgement = Evaluation.Judge(policy.Definition, Reports, new Dictionary<string, string> { ["auc"] = Exception }, 0);
            return BoundFields.Of(Model, Version, RequestedBy, Identity, Reports, Entry, policy, judgement);
        }
    }
}
