using Slipway.Kernel;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Onnx;
using Slipway.Training.Steps;

namespace Slipway.Training.Tests.Steps;

/// <summary>From settings to both reports on all rows of the samples, without anything stored.</summary>
public sealed class EvaluatorTests
{
    private const string Decisions = """ "threshold": 0.25, "decisions": {"atOrAbove": "deny", "below": "approve"}, "favourable": "approve" """;

    [Fact]
    public void The_scorecard_is_trained_and_evaluated_as_published()
    {
        var trained = Train(Scorecard, Tables.Mortgage);

        var report = Evaluate($$"""{ {{Decisions}}, "groups": [{"column": "afam", "reference": "no"}] }""", trained, Tables.Mortgage).Value;

        Assert.Equal(-5.7772193091518, trained.Model.Fit.Estimates[0], 1e-6);
        Assert.Equal("binary", report.Kind);
        Assert.Equal(0.816654524139, report.Metrics["roc_auc"]!.Value, 1e-9);
        Assert.Equal(285, report.Confusion!.TruePositive + report.Confusion.FalseNegative);
        var contrast = Assert.Single(Assert.Single(report.Groups).Contrasts);
        Assert.Equal(0.788, contrast.Decisions.Ratio!.Value, 5e-4);
        Assert.Equal((0.790, 0.738, 0.846), (Math.Round(contrast.Labels.Ratio!.Value, 3), Math.Round(contrast.Labels.Interval!.Low, 3), Math.Round(contrast.Labels.Interval.High, 3)));
        Assert.Equal([("single_feature", "insurance"), ("selection_ratio", "afam = yes")], report.Findings.Select(finding => (finding.Code, finding.Subject)));
    }

    [Fact]
    public void What_the_training_rows_said_is_listed_when_other_rows_do_not_say_it()
    {
        var trained = Train(Scorecard, Tables.Mortgage);
        var few = Tables.Mortgage.ToDictionary(column => column.Key, column => Part(column.Value, 200));

        var report = Evaluate("{}", trained, few).Value;

        Assert.Contains("training rows", Assert.Single(report.Findings).Detail, StringComparison.Ordinal);
        Assert.Null(report.Confusion);
    }

    [Fact]
    public void A_regression_has_its_errors_in_the_unit_it_was_learned_in()
    {
        var trained = Train(
            """{"model": "linear", "experiment": "e", "label": {"column": "earnings", "transform": "log"}, "features": [{"column": "year", "category": true}, {"column": "degree"}, {"column": "gender", "reference": "female"}, {"column": "age"}]}""",
            Tables.Earnings);

        var report = Evaluate("{}", trained, Tables.Earnings).Value;

        Assert.Equal("regression", report.Kind);
        Assert.Equal("log", report.Label.Transform);
        Tables.Near(Tables.Reference.Number("linear", "r2"), report.Metrics["r2"]!.Value, 1e-9);
        Tables.Near(Math.Sqrt(Tables.Reference.Number("linear", "residual_sum_of_squares") / report.Rows), report.Metrics["rmse"]!.Value, 1e-9);
        Assert.Equal(
            "with.threshold: The model predicts a number, not a probability; leave 'threshold', 'decisions', 'favourable' and 'groups' out.",
            Evaluate("""{"threshold": 0.5}""", trained, Tables.Earnings).Problem!.InStep().Detail);
    }

    [Fact]
    public void A_group_that_is_not_there_or_is_an_identifier_is_refused_with_its_place()
    {
        var trained = Train(Scorecard, Tables.Mortgage);
        var columns = new Dictionary<string, Column>(Tables.Mortgage) { ["id"] = Column.OfNumbers("id", [.. Enumerable.Range(0, 2_380).Select(i => (double)i)]) };

        var problem = Evaluate($$"""{ {{Decisions}}, "groups": [{"column": "afam", "reference": "No"}, {"column": "id", "reference": 1}] }""", trained, columns).Problem!;

        Assert.Equal(
            [("with.groups[0].reference", "Column 'afam' never holds 'No' in these rows; it holds 'no', 'yes'."), ("with.groups[1].column", "Column 'id' has 2380 values; at most 100 groups are compared.")],
            problem.Faults.Select(fault => (fault.Field, fault.Detail)));
    }

    [Fact]
    public void Small_groups_are_named_and_show_no_rates()
    {
        var report = Evaluate($$"""{ {{Decisions}}, "minimumGroup": 350, "groups": [{"column": "afam", "reference": "yes"}] }""", Train(Scorecard, Tables.Mortgage), Tables.Mortgage).Value;

        Assert.Equal((true, null), (report.Groups[0].Groups[1].Suppressed, report.Groups[0].Groups[1].SelectionRate));
        Assert.Empty(report.Groups[0].Contrasts);
        Assert.Contains(report.Findings, finding => finding.Detail == "Group 'yes' of afam has 339 rows; from 350 on its rates are shown, and others are compared with it.");
    }

    [Theory]
    [InlineData("""[{"column": "pirat", "reference": "x"}]""", "yes", "with.features[0].column: Column 'pirat' has")]
    [InlineData("""[{"column": "single", "reference": "x"}]""", "yes", "with.features[0].reference: Column 'single' never holds 'x'; it holds 'no', 'yes'.")]
    [InlineData("""[{"column": "pirat"}]""", "true", "with.label.positive: The label 'deny' is 'true' in 0 of 2380 rows; both outcomes must occur. It holds 'no', 'yes'.")]
    public void What_the_data_refuse_is_told_with_the_path_in_the_step(string features, string positive, string detail)
    {
        var settings = TrainSettings.Read(Yaml.Step($$"""{"model": "logistic", "experiment": "e", "label": {"column": "deny", "positive": "{{positive}}"}, "features": {{features}}}""")).Settings!;

        Assert.StartsWith(detail, Trainer.Train(settings, Tables.Mortgage, 2_380, default).Problem!.InStep().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_training_gives_the_same_record_and_file()
    {
        var (first, second) = (Train(Scorecard, Tables.Mortgage), Train(Scorecard, Tables.Mortgage));

        Assert.Equal(first.File, second.File);
        Assert.Equal(Json(first), Json(second));
        static string Json(Trained trained) => System.Text.Json.JsonSerializer.Serialize(Trainer.Report(trained, "d", "m"), Slipway.Kernel.Contracts.WireJson.Options);
    }

    private const string Scorecard =
        """
        {"model": "logistic", "experiment": "e", "label": {"column": "deny", "positive": "yes"}, "features": [{"column": "pirat"}, {"column": "hirat"}, {"column": "lvrat", "bins": [0.8, 0.95]},
         {"column": "chist"}, {"column": "mhist"}, {"column": "phist", "positive": "yes"}, {"column": "selfemp", "positive": "yes"}, {"column": "insurance", "positive": "yes"}]}
        """;

    private static Trained Train(string with, IReadOnlyDictionary<string, Column> columns) =>
        Trainer.Train(TrainSettings.Read(Yaml.Step(with)).Settings!, columns, columns.Values.First().Rows, default).Value;

    private static Result<EvaluationReport> Evaluate(string with, Trained trained, IReadOnlyDictionary<string, Column> columns)
    {
        var scores = ModelScorer.Score(trained.File, columns, columns.Values.First().Rows, default).Value;
        string[] inputs = [.. trained.Model.Features.Select(feature => feature.Column).Distinct()];
        return Evaluator.Run(
            EvaluateSettings.Read(Yaml.Step(with)).Settings!, new EvaluationInput("m", "d", trained.Model.Label, trained.Model.Logistic, columns, inputs, scores, trained.Findings), default);
    }

    private static Column Part(Column column, int rows) =>
        column.Type == ColumnType.Number ? Column.OfNumbers(column.Name, column.Numbers[..rows]) : Column.OfTexts(column.Name, column.Texts[..rows]);
}
