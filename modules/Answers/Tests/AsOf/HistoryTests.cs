using System.Text.Json;
using Slipway.Answers.AsOf;
using Slipway.Answers.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using static Slipway.Answers.Tests.Told;

namespace Slipway.Answers.Tests.AsOf;

/// <summary>The same question about a past moment gives the same bytes, whatever happens later and however often the facts are folded.</summary>
public sealed class HistoryTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public async Task Answers_about_the_past_never_change(int seed)
    {
        var verdicts = new HashSet<AnswerVerdict>();
        for (var history = 0; history < 4; history++)
        {
            var random = new Random((seed * 1_000) + history);
            await using var past = await Past.Open();
            await past.TellAll(AllIsWell());
            var asked = new Dictionary<(string Model, string AsOf), string>();
            for (var round = 0; round < 12; round++)
            {
                await Live(past, random);
                foreach (var (model, asOf, answer) in await Ask(past, random)) { Same(asked, model, asOf, answer); }
            }

            // The clock may stand before a moment that was asked about when it was later.
            past.Clock.Advance(TimeSpan.FromMinutes(10));
            foreach (var ((model, asOf), answer) in asked) { Assert.Equal((asOf, answer), (asOf, await past.Ask(model, asOf))); }

            await past.Forget();
            foreach (var ((model, asOf), answer) in asked) { Assert.Equal((asOf, answer), (asOf, await past.Ask(model, asOf))); }

            await AgreesWithTheNaiveFold(past, asked);
            verdicts.UnionWith(asked.Values.Where(answer => answer[0] == '{').SelectMany(answer => JsonSerializer.Deserialize<AnswersView>(answer, WireJson.Options)!.Answers).Select(one => one.Verdict));
        }

        Assert.Equal(4, verdicts.Count);
    }

    /// <summary>Some facts at times that jump back and forth; some are placed and folded while others are told.</summary>
    private static async Task Live(Past past, Random random)
    {
        for (var i = random.Next(1, 25); i > 0; i--)
        {
            await past.Tell(RandomFacts.Next(random));
            past.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(10) == 0 ? -random.Next(20_000) : random.Next(5_000)));
            if (random.Next(8) == 0) { await past.Settle(); }
        }

        await past.Settle();
    }

    private static async Task<List<(string Model, string AsOf, string Answer)>> Ask(Past past, Random random)
    {
        var answers = new List<(string, string, string)>();
        var last = await past.Db.Read(tx => FactLog.End(tx).Last, default);
        for (var i = 0; i < 4; i++)
        {
            var model = RandomFacts.Model(random);
            var asOf = random.Next(2) == 0 ? $"position:{random.NextInt64(last + 1)}" : $"{past.NowMs - 1_000 - random.Next(200_000)}";
            answers.Add((model, asOf, await past.Ask(model, asOf)));
            if (await past.Ask(model) is ['{', ..] now) { answers.Add((model, JsonSerializer.Deserialize<AnswersView>(now, WireJson.Options)!.AsOf, now)); }
        }

        return answers;
    }

    private static void Same(Dictionary<(string, string), string> asked, string model, string asOf, string answer)
    {
        if (asked.TryGetValue((model, asOf), out var before)) { Assert.Equal(before, answer); }

        asked[(model, asOf)] = answer;
    }

    /// <summary>What the intervals hold at a position is what folding the facts up to it in memory gives.</summary>
    private static async Task AgreesWithTheNaiveFold(Past past, Dictionary<(string Model, string AsOf), string> asked)
    {
        var facts = await past.Db.Read(tx => FactLog.After(tx, 0, 10_000), default);
        var effective = await past.Db.Read(tx => tx.Query($"SELECT position, effective_ms FROM answers_moments", row => (row.GetInt64(0), row.GetInt64(1))).ToDictionary(row => row.Item1, row => row.Item2), default);
        foreach (var ((model, _), answer) in asked)
        {
            if (answer[0] != '{') { continue; }

            var view = JsonSerializer.Deserialize<AnswersView>(answer, WireJson.Options)!;
            var state = NaiveFold.State(facts.TakeWhile(fact => fact.Position <= view.Position), model, new Moment(view.Position, view.AsOfMs), fact => effective.GetValueOrDefault(fact.Position));
            Assert.Equal(answer, JsonSerializer.Serialize(GetAnswers.Answer(state!), WireJson.Options));
        }
    }
}
