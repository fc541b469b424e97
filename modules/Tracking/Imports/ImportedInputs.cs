using Slipway.Kernel;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Inputs;
using Slipway.Tracking.Runs;

namespace Slipway.Tracking.Imports;

/// <summary>What an imported run read and made, with the numbers that its rows get.</summary>
internal sealed class ImportedInputs
{
    private readonly List<(long Number, DatasetInput Input)> _datasets = [];
    private readonly List<(long Number, string ModelId, long Step)> _inputs = [];
    private readonly List<(long Number, string ModelId, long Step)> _outputs = [];

    /// <summary>What cannot be kept, in words; null when nothing.</summary>
    public string? Left { get; private set; }

    public static async Task<ImportedInputs> Of(ImportedRun run, Numbers numbers, CancellationToken ct)
    {
        var all = new ImportedInputs();
        foreach (var given in (run.Datasets ?? []).DistinctBy(one => (one.Name, one.Digest)))
        {
            var input = new DatasetInput(new UsedDataset(given.Name, given.Digest, given.SourceType, given.Source, given.Schema, given.Profile), [.. given.Tags.Select(tag => (tag.Key, tag.Value))]);
            if (DatasetRules.Fault(input) is { } fault) { all.Left = $"A dataset that it read was left out: {fault.Detail}."; }
            else { all._datasets.Add((await numbers.Next("input", ct), input)); }
        }

        foreach (var id in (run.ModelInputs ?? []).Where(Fits).Distinct(StringComparer.Ordinal)) { all._inputs.Add((await numbers.Next("input", ct), id, 0)); }

        foreach (var output in (run.ModelOutputs ?? []).Where(output => Fits(output.ModelId)).DistinctBy(output => output.ModelId)) { all._outputs.Add((await numbers.Next("input", ct), output.ModelId, output.Step)); }

        return all;
    }

    /// <summary>Adds what the run has not yet.</summary>
    public void Add(WriteTx tx, Run run)
    {
        if (_datasets.Count > 0) { InputStore.AddDatasets(tx, run, _datasets); }

        if (_inputs.Count > 0) { InputStore.AddModels(tx, run.Key, output: false, _inputs); }

        if (_outputs.Count > 0) { InputStore.AddModels(tx, run.Key, output: true, _outputs); }
    }

    private static bool Fits(string modelId) => modelId.Length is > 0 and <= DatasetRules.ModelIdChars;
}
