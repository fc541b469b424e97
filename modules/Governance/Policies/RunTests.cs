using Slipway.Governance.Contracts;

namespace Slipway.Governance.Policies;

/// <summary>Runs the tests that stand beside a policy's rows. Pure.</summary>
internal static class RunTests
{
    public static IReadOnlyList<PolicyTestView> Of(PolicyDefinition policy) => [.. policy.Tests.Select(test => Run(policy, test))];

    private static PolicyTestView Run(PolicyDefinition policy, PolicyTest test)
    {
        var judgement = Evaluation.Judge(policy, test.Given, test.Waived.ToDictionary(row => row, _ => "test", StringComparer.Ordinal), PolicyTest.NowMs);
        var wrong = new List<string>();
        if (test.Allowed is { } allowed && allowed != judgement.Allowed)
        {
            wrong.Add(judgement.Allowed ? "It is allowed, and should not be." : $"It is not allowed, and should be: {string.Join(" ", judgement.Against.Select(row => row.Sentence))}");
        }

        foreach (var (row, expected) in test.Rows)
        {
            var actual = judgement.Rows.FirstOrDefault(result => result.Row.Name == row)?.Verdict.ToString().ToLowerInvariant() ?? "not counted for this tier";
            if (actual != expected) { wrong.Add($"Row '{row}' is {actual}, not {expected}."); }
        }

        if (test.SignOffs is { } signOffs && policy.SignOffsOf(test.Given.Tier) is var needed && needed != signOffs) { wrong.Add($"It needs {needed} sign-offs, not {signOffs}."); }

        return new PolicyTestView(test.Name, wrong.Count == 0, wrong.Count == 0 ? null : string.Join(" ", wrong));
    }
}
