using System.Net.Http.Json;
using Slipway.Answers.Contracts;

namespace Slipway.Cli.Tests;

public sealed class AnswersVerbTests
{
    [Theory, EachDatabase]
    public async Task The_answers_are_told_for_now_and_for_a_past_moment(string database)
    {
        await using var server = await TestServer.Start(database);
        Task<int> Cli(params string[] words) => CommandLine.Run(["answers", .. words, "--server", server.BaseAddress.ToString()]);
        using var made = await server.Http.PostAsJsonAsync("/api/2.0/mlflow/registered-models/create", new { name = "late payers" });

        // A busy machine takes in late what was told.
        for (var attempt = 1; await Cli("late payers") != 0; attempt++) { Assert.True(attempt < 15); }

        Assert.Equal(0, await Cli("late payers", "--as-of", "position:1", "--json"));
        Assert.Equal(1, await Cli("late payers", "--as-of", "yesterday"));
        Assert.Equal(1, await Cli("early"));
        Assert.Equal(2, await Cli());
    }

    [Fact]
    public void Each_answer_is_a_mark_a_word_a_sentence_and_the_strongest_evidence()
    {
        EvidenceView Evidence(int number) => new($"label {number}", "value", AnswerVerdict.No, "0123456789abcdef", number * 60_000);
        AnswersView view = new("default", "m", 7, 1_795_269_720_000, "position:7@1795269720000", [new AnswerView(1, "Where?", AnswerVerdict.No, "Nowhere.", [Evidence(1), Evidence(2), Evidence(90), Evidence(4)])], "seal");

        Assert.Equal(
            [
                "m as of 2026-11-21 14:02 UTC (position:7@1795269720000)", "", "1 Where?", "  ✕ no: Nowhere.", "      label 1: value (1 min before) 0123456789ab", "      label 2: value (2 min before) 0123456789ab",
                "      label 90: value (2 h before) 0123456789ab", "      and 1 more", "", "sealed seal",
            ],
            AnswersVerb.Lines(view));
    }
}
