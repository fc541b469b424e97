using Slipway.Governance.Contracts;
using Slipway.Governance.Evidence;
using Slipway.Governance.Policies;

namespace Slipway.Governance.Tests.Policies;

public sealed class EvaluationTests
{
    private const long Now = 1_800_000_000_000;
    private static readonly Dictionary<string, string> None = [];

    public static TheoryData<string, object?, RowVerdict> Verdicts => new()
    {
        { "operator: exists", 1.0, RowVerdict.Met }, { "operator: exists", "", RowVerdict.Unmet }, { "operator: exists", null, RowVerdict.Missing },
        { "operator: exists, effect: forbid", 1.0, RowVerdict.Unmet }, { "operator: exists, effect: forbid", null, RowVerdict.Met },
        { "operator: atLeast, value: 0.8", 0.8, RowVerdict.Met }, { "operator: atLeast, value: 0.8", 0.7999999, RowVerdict.Unmet }, { "operator: atLeast, value: 0.8", "0.9", RowVerdict.Missing },
        { "operator: atLeast, value: 0.8", null, RowVerdict.Missing }, { "operator: atMost, value: 2", 2.0, RowVerdict.Met }, { "operator: above, value: 2", 2.0, RowVerdict.Unmet },
        { "operator: below, value: 2", 1.9, RowVerdict.Met }, { "operator: atLeast, value: 0", double.NaN, RowVerdict.Missing },
        { "operator: below, value: 2, effect: forbid", 1.9, RowVerdict.Unmet }, { "operator: below, value: 2, effect: forbid", 2.0, RowVerdict.Met }, { "operator: below, value: 2, effect: forbid", null, RowVerdict.Missing },
        { "operator: equals, value: yes", "yes", RowVerdict.Met }, { "operator: equals, value: yes", "no", RowVerdict.Unmet }, { "operator: equals, value: true", true, RowVerdict.Met },
        { "operator: equals, value: true", "true", RowVerdict.Missing }, { "operator: differs, value: 1", 2.0, RowVerdict.Met }, { "operator: differs, value: 1", 1.0, RowVerdict.Unmet },
        { "operator: oneOf, value: [a, b]", "b", RowVerdict.Met }, { "operator: oneOf, value: [a, b]", "c", RowVerdict.Unmet }, { "operator: oneOf, value: [a, b]", 1.0, RowVerdict.Missing },
    };

    [Theory, MemberData(nameof(Verdicts))]
    public void A_row_has_its_verdict_and_says_it(string row, object? value, RowVerdict expected)
    {
        var policy = PolicyReaderTests.Read($"policy: p\ngoverns: []\nrows:\n  - {{ name: r, evidence: e, {row} }}\n  - {{ name: other, evidence: there, operator: exists }}");

        var judgement = Evaluation.Judge(policy, Given(("e", value), ("there", "x")), None, Now);

        var result = judgement.Rows[0];
        Assert.Equal((expected, expected is RowVerdict.Met), (result.Verdict, judgement.Allowed));
        Assert.StartsWith("r: e ", result.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(".", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_that_is_too_old_or_of_unknown_age_is_stale_to_the_millisecond()
    {
        var policy = PolicyReaderTests.Read("policy: p\ngoverns: []\nrows:\n  - { name: r, evidence: e, operator: exists, maximumAge: 1d }");
        RowResult Of(long? at) => Evaluation.Judge(policy, new EvidenceSet([new("e", new EvidenceItem(1, AtMs: at))]), None, Now).Rows.Single();

        Assert.Equal((RowVerdict.Met, Now), (Of(Now - 86_400_000).Verdict, Of(Now - 86_400_000).StaleMs));
        Assert.Equal((RowVerdict.Stale, null), (Of(Now - 86_400_001).Verdict, Of(Now - 86_400_001).StaleMs));
        Assert.Equal("r: e is 2d old; it may be 1d old.", Of(Now - (2 * 86_400_000)).Sentence);
        Assert.Equal(RowVerdict.Stale, Of(null).Verdict);
    }

    [Fact]
    public void An_exception_waives_what_is_waivable_and_never_what_forbids()
    {
        const string Rows = """
            policy: p
            governs: []
            rows:
              - { name: soft, evidence: a, operator: atLeast, value: 1, waivable: true }
              - { name: hard, evidence: a, operator: atLeast, value: 0 }
              - { name: never, evidence: b, operator: exists, effect: forbid }
            """;
        var policy = PolicyReaderTests.Read(Rows);
        var all = new Dictionary<string, string> { ["soft"] = "e1", ["hard"] = "e2", ["never"] = "e3" };

        var waived = Evaluation.Judge(policy, Given(("a", 0.5)), all, Now);
        var missing = Evaluation.Judge(policy, Given(), all, Now);
        var forbidden = Evaluation.Judge(policy, Given(("a", 0.5), ("b", 1.0)), all, Now);
        var met = Evaluation.Judge(policy, Given(("a", 1.0)), all, Now);

        Assert.Equal((true, "e1"), (waived.Allowed, waived.Rows[0].ExceptionId));
        Assert.Equal((false, RowVerdict.Waived, RowVerdict.Missing), (missing.Allowed, missing.Rows[0].Verdict, missing.Rows[1].Verdict));
        Assert.Equal((false, "never"), (forbidden.Allowed, forbidden.Against.First().Row.Name));
        Assert.Equal((true, null), (met.Allowed, met.Rows[0].ExceptionId));
    }

    [Fact]
    public void What_only_forbids_allows_nothing_and_rows_of_other_tiers_do_not_count()
    {
        var forbids = PolicyReaderTests.Read("policy: p\ngoverns: []\nrows:\n  - { name: r, evidence: e, operator: exists, effect: forbid }");
        var tiers = PolicyReaderTests.Read("policy: p\ngoverns: []\nrows:\n  - { name: all, evidence: a, operator: exists }\n  - { name: strict, evidence: e, operator: exists, tiers: [1] }");

        Assert.False(Evaluation.Judge(forbids, Given(), None, Now).Allowed);
        Assert.True(Evaluation.Judge(tiers, Given(("a", 1.0), ("inventory.tier", 3.0)), None, Now).Allowed);
        Assert.False(Evaluation.Judge(tiers, Given(("a", 1.0), ("inventory.tier", 1.0)), None, Now).Allowed);
        Assert.False(Evaluation.Judge(tiers, Given(("a", 1.0)), None, Now).Allowed);
    }

    [Fact]
    public void A_digest_is_told_by_its_first_digits_and_shown_whole()
    {
        var policy = PolicyReaderTests.Read("policy: p\ngoverns: []\nrows:\n  - { name: bytes, evidence: e, operator: exists }");

        var row = Evaluation.Judge(policy, Given(("e", new string('a', 64))), None, Now).Rows.Single();

        Assert.Equal(("bytes: e is 'aaaaaaaaaaaa…'.", new string('a', 64)), (row.Sentence, row.Actual));
    }

    private static EvidenceSet Given(params (string Name, object? Value)[] items) => new(items.Where(item => item.Value is not null).Select(item => KeyValuePair.Create(item.Name, item.Value switch
    {
        double number => new EvidenceItem(number, AtMs: Now),
        bool flag => new EvidenceItem(Flag: flag, AtMs: Now),
        _ => new EvidenceItem(Text: (string)item.Value!, AtMs: Now),
    })));
}
