using Slipway.Training.Steps;

namespace Slipway.Training.Tests.Steps;

public sealed class EvaluateSettingsTests
{
    [Fact]
    public void Nothing_need_be_said_and_everything_may()
    {
        Assert.Empty(EvaluateSettings.Read(Yaml.Step("{}")).Faults);

        var (settings, faults) = EvaluateSettings.Read(Yaml.Step(
            """
            {"threshold": 0.25, "decisions": {"atOrAbove": "refuse", "below": "accept"}, "favourable": "accept", "minimumGroup": 20,
             "groups": [{"column": "region", "reference": "north"}, {"column": "member", "reference": true}], "label": {"column": "late", "positive": "yes"}}
            """));

        Assert.Empty(faults);
        Assert.Equal((0.25, "refuse", "accept", "accept"), (settings!.Decision!.Threshold, settings.Decision.AtOrAbove, settings.Decision.Below, settings.Decision.Favourable));
        Assert.Equal([("region", "north", 20L), ("member", "true", 20L)], settings.Groups.Select(group => (group.Column, group.Reference, group.MinimumRows)));
        Assert.Equal(("late", "yes"), (settings.Label!.Column, settings.Label.Positive));
    }

    [Theory]
    [InlineData("""{"threshold": 1.5}""", "with.threshold", "'with.threshold' is '1.5'; a number from 0 to 1 belongs there.")]
    [InlineData("""{"groups": [{"column": "a", "reference": "b"}]}""", "with.threshold", "'with.threshold' is missing; groups are compared by what is decided at it.")]
    [InlineData("""{"threshold": 0.5, "groups": [{"column": "a", "reference": "b"}]}""", "with.favourable", "'with.favourable' is missing; it says which decision is good for the person, 'positive' or 'negative'.")]
    [InlineData("""{"threshold": 0.5, "favourable": "yes"}""", "with.favourable", "'with.favourable' is 'yes'; it is one of the decisions, 'positive' or 'negative'.")]
    [InlineData("""{"favourable": "positive"}""", "with.threshold", "'with.threshold' is missing; decisions are made at it.")]
    [InlineData("""{"threshold": 0.5, "decisions": {"atOrAbove": "a", "below": "a"}}""", "with.decisions", "Both decisions are called 'a'; they need two names.")]
    [InlineData("""{"threshold": 0.5, "decisions": {"above": "a"}}""", "with.decisions.atOrAbove", "'with.decisions.atOrAbove' is missing.")]
    [InlineData("""{"groups": [{"column": "a"}]}""", "with.groups[0].reference", "'with.groups[0].reference' is missing.")]
    [InlineData("""{"threshold": 0.5, "groups": [{"column": "a", "reference": "b"}, {"column": "a", "reference": "c"}]}""", "with.groups", "Column 'a' stands there 2 times; once is enough.")]
    [InlineData("""{"minimumGroup": 0}""", "with.minimumGroup", "'with.minimumGroup' is '0'; a whole number from 1 to 1000000 belongs there.")]
    [InlineData("""{"cutoff": 0.5}""", "with.cutoff", "'with.cutoff' is no setting here; there are decisions, favourable, groups, label, minimumGroup, threshold.")]
    public void A_fault_is_told_with_its_path_and_what_would_be_right(string with, string path, string detail) =>
        Assert.Contains((path, detail), EvaluateSettings.Read(Yaml.Step(with)).Faults.Select(fault => (fault.Field, fault.Detail)));
}
