using System.Text.Json;
using Slipway.Answers.Contracts;
using Slipway.Answers.Fold;
using Slipway.Kernel;
using Slipway.Serving.Ports;
using static Slipway.Answers.Contracts.AnswerVerdict;
using static Slipway.Answers.Tests.Told;

namespace Slipway.Answers.Tests;

/// <summary>Many models of which some have been tampered with: each of these is found, and none of the others.</summary>
public sealed class EstateTests
{
    private const int Models = 500;
    private const int EachBreach = 5;

    private static readonly (object[] Facts, AnswerVerdict[] Verdicts)[] Breaches =
    [
        ([Voided(1)], [No, Yes, No, Yes]),
        ([Granted(1, expiresMs: 1)], [No, Yes, No, Yes]),
        ([Version(2), Traffic(RolloutState.Canary, Champion(1, 0.9), Canary(2))], [No, Unknown, No, Unknown]),
        ([Traffic(RolloutState.Steady, Champion(1, 1, Digest(9)))], [No, No, Yes, Yes]),
        ([Stopped()], [Attention, Yes, Yes, Attention]),
        ([Said("population", "no"), Drift()], [Yes, Attention, Yes, Yes]),
        ([Said("decisions", "no")], [Yes, Yes, Yes, No]),
        ([Entry(owner: null)], [Yes, Yes, Attention, Yes]),
    ];

    [Fact]
    public async Task Forty_breaches_among_five_hundred_models_are_all_found_and_nothing_else_is()
    {
        await using var past = await Past.Open();
        var planted = Enumerable.Range(0, Breaches.Length * EachBreach).ToDictionary(i => ((i * 37) + 11) % Models, i => Breaches[i % Breaches.Length]);
        Assert.Equal(40, planted.Count);
        await Tell(past, "policy", AllIsWell().Take(1));
        for (var i = 0; i < Models; i++) { await Tell(past, $"model-{i}", AllIsWell().Skip(1).Concat(planted.TryGetValue(i, out var breach) ? breach.Facts : [])); }

        await past.Settle();

        for (var i = 0; i < Models; i++)
        {
            var verdicts = (await past.View($"model-{i}")).Answers.Select(answer => answer.Verdict);
            Assert.Equal((i, string.Join(' ', planted.TryGetValue(i, out var breach) ? breach.Verdicts : [Yes, Yes, Yes, Yes])), (i, string.Join(' ', verdicts)));
        }
    }

    /// <summary>The facts of model m and endpoint e, told of another model with an endpoint of its own.</summary>
    private static Task Tell(Past past, string model, IEnumerable<object> facts) => past.Db.Write(tx =>
    {
        foreach (var fact in facts)
        {
            var kind = (string)fact.GetType().GetProperty("Kind")!.GetValue(null)!;
            var body = JsonSerializer.Serialize(fact, fact.GetType(), Folding.Json)
                .Replace("\"model\":\"m\"", $"\"model\":\"{model}\"", StringComparison.Ordinal).Replace("\"endpoint\":\"e\"", $"\"endpoint\":\"{model}\"", StringComparison.Ordinal);
            tx.Execute(
                $"""
                INSERT INTO kernel_facts (fact_id, kind, workspace, subject, actor, at_ms, body)
                VALUES ({Ids.New(tx.Clock)}, {kind}, {Past.Workspace}, {model}, {"0192aa"}, {tx.Clock.NowMs()}, {body})
                """);
        }
    }, default);
}
