using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary>
/// <c>ingest</c>: a file becomes a version of a dataset, under a contract. The contract is not optional here: one that is in force elsewhere could change between two runs, and
/// the same definition with the same files would give something else.
/// </summary>
internal sealed class IngestStep(IDatasets datasets, ContractFiles contracts) : IStepKind
{
    private const string Input = "file";
    private const string Output = "data";
    private static readonly IReadOnlyList<string> Formats = ["csv", "json", "parquet"];

    public string Name => "ingest";

    public string Version { get; } = StepVersion.Of(typeof(IDatasets)) + StepVersion.Of(typeof(IngestStep));

    public StepShape Shape(StepDefinition step)
    {
        var settings = Read(step);
        return new StepShape(
            [new StepInput(Input, [StepTypes.File], Required: false)], new Dictionary<string, string> { [Output] = StepTypes.Dataset },
            [.. new[] { settings.File, settings.Contract }.OfType<string>()]);
    }

    public IReadOnlyList<Fault> Check(StepDefinition step) => Read(step).Faults;

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var settings = Read(context.Step);
        if ((await contracts.Text(context.Files[settings.Contract!], settings.Contract!, ct)).Fails(out var unread, out var contract)) { return unread; }

        var source = settings.File is { } file ? context.Files[file] : context.Inputs[Input].Digest;
        var before = await datasets.Find(context.Caller, settings.Dataset!, null, ct);
        var made = await datasets.Ingest(context.Caller, settings.Dataset!, source, settings.Format!, contract, ct);
        if (made.Fails(out var refused, out var version))
        {
            foreach (var fault in refused.Faults) { context.Log($"{fault.Field}: {fault.Detail}"); }

            return refused;
        }

        var known = !before.Fails(out _, out var newest) && newest.Version == version.Version;
        context.Log($"{version.Name} version {Figures.Text(version.Version)}{(known ? ", as before" : "")}: {Figures.Text(version.Rows)} rows, {version.Columns} columns, SHA-256 {version.Digest}.");
        return new StepOutcome(
            new Dictionary<string, StepValue> { [Output] = new(StepTypes.Dataset, version.Digest, version.Name, new Dictionary<string, string> { ["version"] = Figures.Plain(version.Version) }) },
            new Dictionary<string, string> { ["version"] = known ? $"{Figures.Text(version.Version)}, as before" : Figures.Text(version.Version), ["rows"] = Figures.Text(version.Rows), ["columns"] = Figures.Text(version.Columns) });
    }

    private static Settings Read(StepDefinition step)
    {
        var with = step.Settings();
        var (dataset, file, contract) = (with.Text("dataset", required: true), with.Text("file"), with.Text("contract", required: true));
        var format = with.Word("format", Formats);
        if (file is null == !step.Inputs.ContainsKey(Input)) { with.Fault("file", $"A step 'ingest' takes one file: 'with.file' names one beside the definition, or 'in.file' an output of a step; {(file is null ? "neither" : "both")} is there."); }

        if (format is null && file is not null)
        {
            format = Path.GetExtension(file).TrimStart('.').ToLowerInvariant();
            if (!Formats.Contains(format)) { with.Fault("format", $"'{Definitions.DefinitionRules.Cut(file)}' does not say by its ending what it is; set 'with.format' to csv, json or parquet."); }
        }
        else if (format is null) { with.Fault("format", "'with.format' is missing: csv, json or parquet, since the file comes from a step."); }

        return new Settings(dataset, file, contract, format, with.End());
    }

    private sealed record Settings(string? Dataset, string? File, string? Contract, string? Format, IReadOnlyList<Fault> Faults);
}
