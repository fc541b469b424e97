using Slipway.Kernel;
using Slipway.Pipelines.Contracts;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Fitting;
using Slipway.Training.Onnx;
using Slipway.Training.Steps;

namespace Slipway.Training.Tests.Steps;

/// <summary>Models that a program has made: they come without a training record and without a run, and their files are nobody's.</summary>
public sealed class ForeignModelTests
{
    [Fact]
    public async Task A_model_of_any_program_is_evaluated_when_its_label_is_named()
    {
        await using var shop = await Workshop.Open(TestDatabase.Sqlite);

        var run = await Evaluate(shop, Scorecard(), """label: { column: deny, positive: "yes" }, threshold: 0.25""");

        Assert.True(run.State == PipelineRunState.Succeeded, run.Steps[2].Problem?.Detail);
        var report = await shop.Output<EvaluationReport>(run, "evaluate", "evaluation");
        Assert.Equal(0.816654524139, report.Metrics["roc_auc"]!.Value, 1e-9);
        Assert.Equal(["insurance"], report.Findings.Select(finding => finding.Subject));
        Assert.DoesNotContain("runId", Workshop.Value(run, "evaluate", "evaluation").Facts!.Keys);
    }

    [Fact]
    public async Task Without_a_label_or_with_a_file_that_is_no_model_the_step_fails_with_a_sentence()
    {
        await using var shop = await Workshop.Open(TestDatabase.Sqlite);

        var unknown = await Evaluate(shop, Scorecard(), "threshold: 0.25");
        var garbage = await Evaluate(shop, [.. Enumerable.Range(0, 1_000).Select(i => (byte)(i * 7))], """label: { column: deny, positive: "yes" }""");

        Assert.StartsWith("with.label: The model came without a training record", unknown.Steps[2].Problem!.Detail, StringComparison.Ordinal);
        Assert.Equal("model_refused", garbage.Steps[2].Problem!.Code);
        Assert.StartsWith("in.model: ", garbage.Steps[2].Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_past_the_limit_is_refused_by_its_size_alone()
    {
        Assert.Null(EvaluateStep.TooLarge(Limits.ModelFileBytes));
        Assert.Equal("in.model: The model file has 536870913 bytes; at most 536870912 are loaded.", EvaluateStep.TooLarge(Limits.ModelFileBytes + 1)!.InStep().Detail);
    }

    private static async Task<PipelineRunView> Evaluate(Workshop shop, byte[] model, string with)
    {
        var definition = $$"""
            pipeline: p
            steps:
              ingest: { uses: ingest, with: { dataset: d, file: hmda.csv, contract: hmda.contract.yaml } }
              program: { uses: command, with: { run: [cp, foreign.onnx, out/model.onnx], files: [foreign.onnx], out: { model: model } } }
              evaluate: { uses: evaluate, in: { model: program.model, data: ingest.data }, with: { {{with}} } }
            """;
        return await shop.End((await shop.Start(definition, "mortgage", new Dictionary<string, byte[]> { ["foreign.onnx"] = model })).Id);
    }

    private static byte[] Scorecard()
    {
        var features = FeaturePlan.Make(Samples.ScorecardRules, Tables.Mortgage).Value;
        var design = DesignMatrix.Make(features, Tables.Mortgage, 2_380).Value;
        var fit = LogisticFit.Run(design, Samples.Denied, Samples.Ones(design.Rows), default).Value;
        return ModelFile.Write(new TrainedModel(Logistic: true, new LabelRule("deny", "yes"), features, design, fit));
    }
}
