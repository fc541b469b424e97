using Microsoft.Extensions.DependencyInjection;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Scores;
using Slipway.Training.Steps;

namespace Slipway.Training.Tests.Steps;

/// <summary>The definitions of the samples, from the files to the evaluation, through a running server.</summary>
public sealed class SamplePipelineTests
{
    [Theory, EachDatabase]
    public async Task A_scorecard_is_trained_on_one_part_and_evaluated_on_the_other(string database)
    {
        await using var shop = await Workshop.Open(database);

        var run = await shop.Run(Workshop.Sample("mortgage"), "mortgage");

        var training = await shop.Output<TrainingReport>(run, "train", "training");
        var report = await shop.Output<EvaluationReport>(run, "evaluate", "evaluation");
        var (model, test) = (Workshop.Value(run, "train", "model"), Workshop.Value(run, "split", "test"));
        Assert.Equal((model.Digest, test.Digest), (report.ModelDigest, report.DataDigest));
        Assert.Equal(model.Digest, training.ModelDigest);
        Assert.Equal(2_380, training.Fit["rows"] + report.Rows);
        Assert.InRange(report.Metrics["roc_auc"]!.Value, 0.7, 0.95);
        Assert.Contains(report.Findings, finding => (finding.Code, finding.Subject) == ("single_feature", "insurance"));
        Assert.Equal(("deny", "approve", "approve"), (report.Decision!.AtOrAbove, report.Decision.Below, report.Decision.Favourable));
        Assert.Equal(["afam", "single"], report.Groups.Select(group => group.Column));

        var tracked = await shop.TrackedRun(model.Facts!["runId"]);
        Assert.Equal(("mortgage", RunStatus.Finished, "mortgage-scorecard train"), (tracked.ExperimentName, tracked.Run.Status, tracked.Run.Name));
        Assert.Equal(report.Metrics["roc_auc"], tracked.Run.Metrics["roc_auc"]);
        Assert.Equal(training.Fit["deviance"], tracked.Run.Metrics["train_deviance"]);
        Assert.Equal((run.Id, "train"), (tracked.Run.Tags["slipway.pipelineRun"], tracked.Run.Tags["slipway.step"]));
        var files = (await shop.Files(tracked.Run.RunId)).ToDictionary(file => file.Path, file => file.Digest);
        Assert.Equal((model.Digest, Workshop.Value(run, "train", "training").Digest, Workshop.Value(run, "evaluate", "evaluation").Digest), (files["model/model.onnx"], files["training.json"], files["evaluation.json"]));
        Assert.Equal(model.Facts["training"], files["training.json"]);

        await TheScoresAreThoseOfTheFormula(shop, training, report);
        await NothingIsDoneTwice(shop, "mortgage");
    }

    [Theory, EachDatabase]
    public async Task A_regression_on_other_data_needs_other_yaml_alone(string database)
    {
        await using var shop = await Workshop.Open(database);

        var run = await shop.Run(Workshop.Sample("earnings"), "earnings");

        var training = await shop.Output<TrainingReport>(run, "train", "training");
        var report = await shop.Output<EvaluationReport>(run, "evaluate", "evaluation");
        Assert.Equal(["(intercept)", "year = 2004", "degree = highschool", "gender = male", "age"], training.Coefficients.Select(row => row.Term));
        foreach (var (row, published) in training.Coefficients.Zip(Tables.Reference.GetProperty("linear").GetProperty("estimates").Numbers()))
        {
            // Seven tenths of the rows: near the figures of all of them, by the error that the fit itself names.
            Assert.InRange(published, row.Estimate - (4 * row.StandardError), row.Estimate + (4 * row.StandardError));
        }

        Assert.Equal(("regression", "log", 15_588.0), (report.Kind, report.Label.Transform, training.Fit["rows"] + report.Rows));
        Assert.InRange(report.Metrics["rmse"]!.Value, 0.42, 0.48);
        Assert.InRange(report.Metrics["r2"]!.Value, 0.2, 0.35);
        Assert.True(report.Metrics["mae"] < report.Metrics["rmse"]);
        Assert.Equal(report.Metrics["mae"], (await shop.TrackedRun(Workshop.Value(run, "train", "model").Facts!["runId"])).Run.Metrics["mae"]);
    }

    /// <summary>The held-out rows by the coefficients of the record, without the model file.</summary>
    private static async Task TheScoresAreThoseOfTheFormula(Workshop shop, TrainingReport training, EvaluationReport report)
    {
        var table = (await shop.Services.GetRequiredService<IDatasets>().Read(Caller.ForJob("test", "default"), report.DataDigest, null, default)).Value;
        var columns = TableColumns.Of(table);
        var terms = training.Coefficients.Skip(1).ToList();
        var scores = Enumerable.Range(0, table.Rows).Select(row =>
            1 / (1 + Math.Exp(-(training.Coefficients[0].Estimate + terms.Sum(term => term.Estimate * Term(term.Term, columns[term.Feature!], row)))))).ToArray();
        var label = Labels.Read(new LabelRule(training.Label.Column, training.Label.Positive), columns[training.Label.Column], binary: true).Value;

        Assert.Equal(Ranking.Of(scores, label)!.RocAuc, report.Metrics["roc_auc"]!.Value, 1e-9);
        Assert.Equal(Probabilities.Brier(scores, label), report.Metrics["brier"]!.Value, 1e-9);
        Assert.Equal(Confusion.Of(scores, label, 0.25), report.Confusion);
    }

    private static double Term(string name, Column column, int row) => name switch
    {
        "lvrat in [0.8, 0.95]" => column.Numbers[row] is >= 0.8 and <= 0.95 ? 1 : 0,
        "lvrat > 0.95" => column.Numbers[row] > 0.95 ? 1 : 0,
        _ when name.EndsWith(" = yes", StringComparison.Ordinal) => column.TextAt(row) == "yes" ? 1 : 0,
        _ => column.Numbers[row],
    };

    /// <summary>The same again is reused, and leaves no second run.</summary>
    private static async Task NothingIsDoneTwice(Workshop shop, string sample)
    {
        var again = await shop.Run(Workshop.Sample(sample), sample);

        Assert.All(again.Steps, step => Assert.True(step.State == StepState.Reused, $"{step.Name}: {step.Reuse?.Reason}"));
        Assert.Single(await shop.RunsOf(sample));
    }
}
