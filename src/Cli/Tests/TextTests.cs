using Slipway.Datasets.Contracts;
using Slipway.Pipelines.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Cli.Tests;

/// <summary>What is printed, without a server.</summary>
public sealed class TextTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_figures_stand_at_the_right() => Assert.Equal(
        ["NAME    ROWS  BY", "a         12", "longer     3  ada"],
        TextTable.Lines(["NAME", "ROWS", "BY"], [["a", "12", null], ["longer", "3", "ada"]], 1));

    [Fact]
    public void Texts_of_others_cannot_send_control_codes_to_the_screen() => Assert.Equal("a?[2Jb\nc\td?", Terminal.Plain("a\u001b[2Jb\nc\td\u0090"));

    [Fact]
    public void A_version_is_shown_with_its_digests_and_its_card_and_says_what_is_not_recorded()
    {
        var card = new ModelCard([new("purpose", "Purpose", [new("Predicts", "late")], "Finds late payers."), new("fairness", "Fairness", [], Missing: "groups were not compared.")]);
        var view = new ModelVersionView("late", 3, 0, 0, "ada", ModelStage.None, ["champion"], new Dictionary<string, string>(), "runs:/1/model", new(Model: new string('a', 64)), [], [], [], card);

        Assert.Equal(
            [
                "late version 3 (champion), registered 1970-01-01 00:00 UTC by ada",
                $"  model             {new string('a', 64)}",
                "", "Purpose", "  Finds late payers.", "  Predicts: late",
                "", "Fairness", "  not recorded: groups were not compared.",
            ],
            VersionText.Lines(view));
    }

    [Fact]
    public void Each_step_that_has_ended_says_its_result_or_why_there_is_none()
    {
        Assert.Equal("  train     succeeded    1.5 s  rows 12, auc 0.8", PipelineText.Line(Step(StepState.Succeeded) with { Summary = new Dictionary<string, string> { ["rows"] = "12", ["auc"] = "0.8" } }, 8));
        Assert.Equal("  train     reused              Nothing has changed.", PipelineText.Line(Step(StepState.Reused) with { Reuse = new(true, "Nothing has changed.") }, 8));
        Assert.Equal("  train     failed       1.5 s  There is no column 'x'.", PipelineText.Line(Step(StepState.Failed) with { Problem = new("invalid", "There is no column 'x'.") }, 8));
        Assert.Equal("  train     skipped", PipelineText.Line(Step(StepState.Skipped) with { StartedMs = null, EndedMs = null }, 8));
    }

    [Fact]
    public void A_run_is_shown_with_what_each_step_gave_and_why_it_was_run()
    {
        var step = Step(StepState.Succeeded) with
        {
            Outputs = new Dictionary<string, StepValueView> { ["model"] = new("model", new string('d', 64), "model.onnx") },
            Reuse = new(false, "It has not succeeded in this pipeline before."),
        };
        var run = new PipelineRunView("0192", "scores", new string('e', 64), PipelineRunState.Succeeded, 0, "1", "ada", new Dictionary<string, string>(), [step], 2_000);

        Assert.Equal(
            [
                "scores: run 0192, started 1970-01-01 00:00 UTC by ada: succeeded in 2.0 s",
                "  train  succeeded    1.5 s",
                "         run because: It has not succeeded in this pipeline before.",
                "         gave model: model model.onnx, SHA-256 dddddddddddd",
            ],
            PipelineText.Lines(run));
    }

    private static PipelineStepView Step(StepState state) => new("train", "train", state, [], 1, new Dictionary<string, StepValueView>(), new Dictionary<string, StepValueView>(), new Dictionary<string, string>(), 1_000, 2_500);

    [Fact]
    public void A_check_shows_the_broken_rules_with_examples_and_the_probable_cause()
    {
        var report = new CheckReport(false, 1_200, 3, new string('c', 64),
        [
            new("required", "no value is missing", VerdictState.Passed, 0, "income"),
            new("text", "a person must look", VerdictState.NotChecked, 0),
            new("maximum", "at most 1 (ratio)", VerdictState.Failed, 1_200, "share", [new(1, "42"), new(2)], "Probably percent in place of a ratio: factor 100."),
        ]);

        Assert.Equal(
            [
                "The file breaks the contract: 1,200 rows, 3 columns; 1 of 3 rules hold.",
                "  broken: share: maximum: at most 1 (ratio) (1,200 rows)",
                "    such as row 1: 42, row 2: missing",
                "    Probably percent in place of a ratio: factor 100.",
                "  not checked: text: a person must look",
            ],
            CheckText.Lines(report));
    }

    [Fact]
    public void A_dataset_without_a_version_and_long_values_fit_their_table()
    {
        var version = new DatasetVersionView("t", 2, new string('d', 64), 1_200, 3, 5, "s", "csv", "p", DatasetVerdict.Warning, 0, "ada");

        Assert.Equal($"t version 2: 1,200 rows, 3 columns, contract kept with warnings, SHA-256 {new string('d', 64)}", DatasetText.Version(version));
        Assert.Equal(["t", "2", "1,200", "3", "kept with warnings", "1970-01-01 00:00 UTC", "ada"], DatasetText.Row(new DatasetSummary("t", 2, null, version)));
        Assert.Equal(["planned", "none"], DatasetText.Row(new DatasetSummary("planned", 0)));
        Assert.Equal(["table", "content", new string('a', 12), "-", null], DatasetText.Row(new DatasetDiffRow("table", "content", new string('a', 64))));
        Assert.Equal(["statistics", "x.max", "-", new string('z', 39) + "…", "longer"], DatasetText.Row(new DatasetDiffRow("statistics", "x.max", null, new string('z', 50), "longer")));
    }
}
