using System.Text.Json;
using Slipway.Datasets.Contracts;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary><c>check</c>: data against a contract. A broken rule ends the step; rules of lesser severity are told and pass.</summary>
internal sealed class CheckStep(IDatasets datasets, ContractFiles contracts, IBlobStore blobs) : IStepKind
{
    private const string Input = "data";
    private const string Output = "report";
    private const int ShownExamples = 5;

    public string Name => "check";

    public string Version { get; } = StepVersion.Of(typeof(IDatasets)) + StepVersion.Of(typeof(CheckStep));

    public StepShape Shape(StepDefinition step) => new(
        [new StepInput(Input, [StepTypes.Dataset])], new Dictionary<string, string> { [Output] = StepTypes.File }, [.. new[] { step.Settings().Text("contract") }.OfType<string>()]);

    public IReadOnlyList<Fault> Check(StepDefinition step)
    {
        var with = step.Settings();
        with.Text("contract", required: true);
        return with.End();
    }

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var file = context.Step.Settings().Text("contract")!;
        if ((await contracts.Text(context.Files[file], file, ct)).Fails(out var unread, out var contract)) { return unread; }

        if ((await datasets.Check(context.Caller, context.Inputs[Input].Digest, contract, ct)).Fails(out var problem, out var report)) { return problem; }

        foreach (var verdict in report.Verdicts.Where(verdict => verdict.State != VerdictState.Passed)) { context.Log(Line(verdict)); }

        var broken = report.Verdicts.Where(verdict => verdict.State == VerdictState.Failed).ToList();
        if (!report.Passed)
        {
            return new Problem(422, "contract_violated", $"The data break {Rules(broken.Count)} of '{file}': {string.Join(" ", broken.Take(ShownExamples).Select(Line))}{(broken.Count > ShownExamples ? $" And {broken.Count - ShownExamples} more; the log names all." : "")}");
        }

        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(report, WireJson.Options));
        var blob = await blobs.Put(json, ct);
        var warnings = report.Verdicts.Count(verdict => verdict.State == VerdictState.Warning);
        context.Log($"{Figures.Text(report.Rows)} rows keep '{file}': {Rules(report.Verdicts.Count(verdict => verdict.State == VerdictState.Passed))} hold.");
        return new StepOutcome(
            new Dictionary<string, StepValue> { [Output] = new(StepTypes.File, blob.Digest, "check.json") },
            new Dictionary<string, string> { ["rules"] = Figures.Text(report.Verdicts.Count), ["broken"] = "0", ["warnings"] = Figures.Text(warnings) });
    }

    private static string Line(VerdictView verdict)
    {
        var state = verdict.State switch { VerdictState.Failed => "broken", VerdictState.Warning => "warning", _ => "not checked" };
        var count = verdict.State == VerdictState.NotChecked ? "" : $" ({Figures.Text(verdict.Count)})";
        var examples = verdict.Examples is { Count: > 0 } rows ? $", such as {string.Join(", ", rows.Take(ShownExamples).Select(row => $"row {Figures.Text(row.Row)}: {row.Value ?? "missing"}"))}" : "";
        return $"{state}: {(verdict.Column is { } column ? $"'{column}', " : "")}{verdict.Rule}: {verdict.Expectation.TrimEnd('.')}{count}{examples}.{(verdict.Hint is { } hint ? $" {hint}" : "")}";
    }

    private static string Rules(int count) => $"{Figures.Text(count)} rule{(count == 1 ? "" : "s")}";
}
