using Slipway.Governance.Contracts;
using Slipway.Governance.Policies;

namespace Slipway.Governance.Tests.Policies;

public sealed class PolicyReaderTests
{
    private const string Head = "policy: p\ngoverns: [endpoint.deploy]\nrows:\n";

    [Fact]
    public void A_policy_reads_as_rows_sign_offs_and_tests()
    {
        var policy = Read("""
            policy: p
            description: For this test.
            governs: [endpoint.deploy, alias.set]
            signOffs: { default: 1, tier1: 3, tier2: 2 }
            serviceAccounts: true
            rows:
              - { name: auc, evidence: metrics.roc_auc, operator: ">=", value: 0.7, maximumAge: 90d, waivable: true, tiers: [1, 2], why: It must tell them apart. }
              - { name: kind, evidence: decision.favourable, operator: oneOf, value: [approve, grant] }
              - { name: leak, evidence: findings.single_feature, operator: exists, effect: forbid }
            tests:
              - { name: t, given: { metrics.roc_auc: 0.8 }, ages: { metrics.roc_auc: 1h }, waived: [auc], expect: { allowed: false, signOffs: 3, rows: { auc: met } } }
            """);

        Assert.Equal([3, 2, 1, 1], policy.SignOffs);
        Assert.Equal((3, 2, 3), (policy.SignOffsOf(1), policy.SignOffsOf(2), policy.SignOffsOf(null)));
        var auc = policy.Rows[0];
        Assert.Equal(("auc", false, "atLeast", "0.7", true, 90 * 86_400_000L), (auc.Name, auc.Forbids, auc.Operator, auc.Expected, auc.Waivable, auc.MaximumAgeMs));
        Assert.Equal((true, false, true), (auc.CountsFor(1), auc.CountsFor(3), auc.CountsFor(null)));
        Assert.Equal("approve, grant", policy.Rows[1].Expected);
        Assert.True(policy.Rows[2].Forbids);
        Assert.True(RunTests.Of(policy).Single().Passed);
    }

    public static TheoryData<string, int, string> Faults => new()
    {
        { "policy: p\ngoverns: [endpoint.deploy]\nrows: []", 3, "denies everything" },
        { Head + "  - { name: a, evidence: x, operator: exists }\n  - { name: a, evidence: y, operator: exists }", 5, "earlier row" },
        { Head + "  - { name: a, evidence: x, operator: near, value: 1 }", 4, "'near' is no operator" },
        { Head + "  - { name: a, evidence: x, operator: atLeast, value: much }", 4, "takes a number" },
        { Head + "  - { name: a, evidence: x, operator: equals }", 4, "takes a number, a text" },
        { Head + "  - { name: a, evidence: x, operator: exists, value: 1 }", 4, "compares with nothing" },
        { Head + "  - { name: a, evidence: x, operator: oneOf, value: [] }", 4, "a list of 1 to 50" },
        { Head + "  - { name: a, evidence: x, operator: exists, effect: allow }", 4, "one of require, forbid" },
        { Head + "  - { name: a, evidence: x, operator: exists, effect: forbid, waivable: true }", 4, "cannot be waived" },
        { Head + "  - { name: a, evidence: x, operator: exists, maximumAge: soon }", 4, "no span of time" },
        { Head + "  - { name: a, evidence: x, operator: exists, tiers: [0] }", 4, "from 1 to 4" },
        { Head + "  - { name: a, evidence: x, operator: exists, waiveable: true }", 4, "no setting here" },
        { "policy: p\ngoverns: [endpoint.deplyo]\nrows:\n  - { name: a, evidence: x, operator: exists }", 2, "no action that a policy can govern" },
        { Head + "  - { name: a, evidence: x, operator: exists }\nsignOffs: 6", 5, "from 1 to 5" },
        { Head + "  - { name: a, evidence: x, operator: exists }\nsignOffs: { tier5: 1 }", 5, "no setting here" },
        { Head + "  - { name: a, evidence: x, operator: exists }\ntests:\n  - { name: t, given: {}, expect: {} }", 6, "says nothing" },
        { Head + "  - { name: a, evidence: x, operator: exists }\ntests:\n  - { name: t, given: {}, expect: { rows: { b: met } } }", 6, "no row of this policy" },
        { Head + "  - { name: a, evidence: x, operator: exists }\ntests:\n  - { name: t, given: { x: [1] }, expect: { allowed: true } }", 6, "A number, a text or a truth value" },
        { Head + "  - { name: a, evidence: x, operator: exists }\ntests:\n  - { name: t, ages: { x: 1d }, expect: { allowed: true } }", 6, "is not given" },
        { "policy: p\nrows: *all", 2, "alias" },
        { "a: b: c", 1, "no YAML" },
        { "", 1, "empty" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_told_with_its_line(string text, int line, string expected)
    {
        var faults = new List<PolicyFaultView>();

        Assert.Null(PolicyReader.Read(text, faults));

        var fault = faults.Find(one => one.Detail.Contains(expected, StringComparison.Ordinal));
        Assert.True(fault is not null, string.Join(' ', faults.Select(one => one.Detail)));
        Assert.Equal(line, fault.Line ?? 1);
    }

    public static TheoryData<string> ManyFaults => new(
        Deep($"[{string.Concat(Enumerable.Repeat("*a , ", 9_000))}]"),
        Deep($"[{string.Concat(Enumerable.Repeat("!t &a x, ", 5_000))}]"),
        Deep($"{{{string.Concat(Enumerable.Repeat("a: 1, ", 8_000))}}}"),
        Deep($"{{{string.Concat(Enumerable.Repeat("[]: 1, ", 7_000))}}}"),
        $"%TAG !e! tag:{new string('k', 30_000)}\n---\n[{string.Concat(Enumerable.Repeat("!e!x y, ", 4_000))}]",
        string.Concat(Enumerable.Range(0, 6_000).Select(i => $"k{i}: 1\n")),
        $"{Head}  - {{ {new string('k', 1_000)}: 1 }}\n{string.Concat(Enumerable.Repeat("  - 1\n", 190))}");

    // 64 KiB once became an answer of 230 MB: a fault for each part, each with the whole path.
    [Theory, MemberData(nameof(ManyFaults))]
    public void After_a_hundred_faults_no_more_are_told_and_long_paths_are_cut(string text)
    {
        var faults = new List<PolicyFaultView>();

        Assert.Null(PolicyReader.TooLong(text));
        Assert.Null(PolicyReader.Read(text, faults));

        Assert.Equal(101, faults.Count);
        Assert.StartsWith("There are more than 100 faults", faults[^1].Detail, StringComparison.Ordinal);
        Assert.All(faults, fault => Assert.InRange(fault.Path.Length + fault.Detail.Length, 1, 1_000));
    }

    [Fact]
    public void No_text_brings_the_reader_down()
    {
        var (random, whole) = (new Random(4), Office.Policy + "\nsignOffs: { tier1: 2 }\ntests:\n  - { name: t, given: { run.auc: 1 }, expect: { allowed: false } }");
        for (var i = 0; i < 3_000; i++)
        {
            var text = whole.ToCharArray();
            for (var changes = random.Next(1, 6); changes > 0; changes--) { text[random.Next(text.Length)] = "{}[]:,-&*!?|>'\"%@` \n\t#0a"[random.Next(24)]; }

            var faults = new List<PolicyFaultView>();
            var policy = PolicyReader.Read(new string(text), faults);
            Assert.Equal(policy is null, faults.Count > 0);
            if (policy is not null) { RunTests.Of(policy); }
        }
    }

    [Theory]
    [InlineData("90d", 7_776_000_000L)]
    [InlineData("12h", 43_200_000L)]
    [InlineData("30m", 1_800_000L)]
    [InlineData("45s", 45_000L)]
    [InlineData("0d", null)]
    [InlineData("10001d", null)]
    [InlineData("-1d", null)]
    [InlineData("d", null)]
    [InlineData("", null)]
    [InlineData("1 d", null)]
    public void A_span_of_time_is_read(string text, long? ms) => Assert.Equal(ms, Durations.Parse(text));

    internal static PolicyDefinition Read(string text)
    {
        var faults = new List<PolicyFaultView>();
        var policy = PolicyReader.Read(text, faults);
        Assert.True(policy is not null, string.Join(' ', faults.Select(fault => fault.Detail)));
        return policy;
    }

    // A path as long as keys and depth allow.
    private static string Deep(string inner) => string.Concat(Enumerable.Repeat($"{{{new string('k', 1_000)}: ", 13)) + inner + new string('}', 13);
}
