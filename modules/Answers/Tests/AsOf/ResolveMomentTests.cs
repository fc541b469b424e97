using Slipway.Answers.Fold;
using static Slipway.Answers.Tests.Told;

namespace Slipway.Answers.Tests.AsOf;

public sealed class ResolveMomentTests
{
    [Fact]
    public async Task A_fact_that_comes_late_changes_no_answer_that_was_given()
    {
        await using var past = await Past.Open();
        await past.TellAll([Model(), Version(1)]);
        past.Clock.Advance(TimeSpan.FromMinutes(5));
        var quiet = past.NowMs - 60_000;
        var before = await past.Ask("m", $"{quiet}");

        // Its transaction read the clock before that moment, and ends only now.
        past.Clock.Advance(TimeSpan.FromMinutes(-2));
        await past.TellAll([Entry()]);
        past.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.DoesNotContain("Says who", before, StringComparison.Ordinal);
        Assert.Equal(before, await past.Ask("m", $"{quiet}"));
        Assert.Contains("Says who may have a loan", await past.Ask("m", $"{quiet + 1}"), StringComparison.Ordinal);
        await past.Forget();
        Assert.Equal(before, await past.Ask("m", $"{quiet}"));
        Assert.Contains("Says who may have a loan", await past.Ask("m", $"{quiet + 1}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_about_now_can_be_had_again_by_what_it_says_of_itself()
    {
        await using var past = await Past.Open();
        await past.TellAll(AllIsWell());
        past.Clock.Advance(TimeSpan.FromHours(3));
        var (now, view) = (await past.Ask("m"), await past.View("m"));
        await past.TellAll([Stopped(), Voided(1)]);

        Assert.Equal((past.NowMs - 2_000, 14), (view.AsOfMs, view.Position));
        Assert.NotEqual(now, await past.Ask("m"));
        Assert.Equal(now, await past.Ask("m", view.AsOf));
    }

    [Fact]
    public async Task Between_two_changes_only_the_ages_differ()
    {
        await using var past = await Past.Open();
        await past.TellAll(AllIsWell());
        past.Clock.Advance(TimeSpan.FromMinutes(5));

        var (at, later) = (await past.View("m", "position:14"), await past.View("m", $"{past.NowMs - 1_000}"));

        Assert.Equal(at.Answers.Select(one => one.Sentence), later.Answers.Select(one => one.Sentence));
        Assert.Equal(later.AsOfMs - at.AsOfMs, later.Answers[0].Evidence[0].AgeMs - at.Answers[0].Evidence[0].AgeMs);
    }

    [Fact]
    public async Task What_lies_ahead_or_contradicts_itself_is_refused()
    {
        await using var past = await Past.Open();
        await past.TellAll([Model(), Version(1)]);

        Assert.StartsWith("400 invalid: The moment " + (past.NowMs + 1), await past.Ask("m", $"{past.NowMs + 1}"), StringComparison.Ordinal);
        Assert.Equal("400 invalid: There is no position 3 yet; the last one is 2.", await past.Ask("m", "position:3"));
        Assert.StartsWith("400 invalid: The moment position:2@5 contradicts itself", await past.Ask("m", "position:2@5"), StringComparison.Ordinal);
        Assert.StartsWith("400 invalid", await past.Ask("m", $"position:2@{past.NowMs + 1}"), StringComparison.Ordinal);
        Assert.Equal("404 not_found: There was no model 'm' here at 1970-01-01 00:00:00 UTC (position 0).", await past.Ask("m", "0"));
        Assert.StartsWith("404 not_found: There was no model 'other' here at", await past.Ask("other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_told_but_not_taken_in_yet_is_waited_for_and_never_guessed()
    {
        await using var past = await Past.Open();
        await past.TellAll([Model(), Version(1)]);
        await past.Tell(Entry());

        Assert.StartsWith("503 not_settled", await past.AskAtOnce("m"), StringComparison.Ordinal);

        var asked = past.Ask("m");
        await past.Settle();
        Assert.Contains("Says who may have a loan", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_model_keeps_its_past_under_the_name_it_had()
    {
        await using var past = await Past.Open();
        await past.TellAll([Model(), Version(1), Entry(), new Registry.Ports.ModelRenamed(Past.Workspace, "n", "m"), Model(), new Registry.Ports.ModelDeleted(Past.Workspace, "n")]);

        Assert.Contains("Says who", await past.Ask("m", "position:3"), StringComparison.Ordinal);
        Assert.StartsWith("404", await past.Ask("n", "position:3"), StringComparison.Ordinal);
        Assert.StartsWith("404", await past.Ask("m", "position:4"), StringComparison.Ordinal);
        Assert.Contains("Says who", await past.Ask("n", "position:4"), StringComparison.Ordinal);
        Assert.DoesNotContain("Says who", await past.Ask("m", "position:5"), StringComparison.Ordinal);
        Assert.StartsWith("404", await past.Ask("n", "position:6"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_of_an_earlier_release_leaves_what_a_later_one_folded_alone()
    {
        await using var past = await Past.Open();
        await past.TellAll([Model()]);
        await past.Db.Write(tx => IntervalStore.Save(tx, IntervalStore.Reached(tx) with { FoldVersion = Folding.Version + 1 }), default);

        Assert.StartsWith("503 not_settled", await past.AskAtOnce("m"), StringComparison.Ordinal);
        Assert.Equal(Folding.Version + 1, (await past.Db.Read(IntervalStore.Reached, default)).FoldVersion);
    }
}
