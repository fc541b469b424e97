using Slipway.Kernel;
using Slipway.Pipelines.Ports;
using Slipway.Training.Design;

namespace Slipway.Training.Steps;

/// <summary>What <c>with:</c> of a training step says.</summary>
/// <param name="Weight">Column of row weights; null = every row counts once.</param>
/// <param name="Experiment">Name; made when there is none.</param>
/// <param name="Run">Name of the run; null = pipeline and step.</param>
internal sealed record TrainSettings(bool Logistic, LabelRule Label, IReadOnlyList<FeatureRule> Features, string? Weight, string Experiment, string? Run)
{
    private static readonly string[] Models = ["logistic", "linear"];

    /// <summary>Columns to be read, each once.</summary>
    public IReadOnlyList<string> Columns =>
        [.. Features.Select(feature => feature.Column).Append(Label.Column).Concat(Weight is null ? [] : [Weight]).Distinct(StringComparer.Ordinal)];

    /// <returns>Null settings when there are faults.</returns>
    public static (TrainSettings? Settings, IReadOnlyList<Fault> Faults) Read(StepDefinition step)
    {
        var with = step.Settings();
        var model = with.Word("model", Models, required: true);
        var label = FeatureSettings.Label(with, model is null ? null : model == "logistic", required: true);
        var features = FeatureSettings.Features(with);
        var weight = with.Text("weight", maxChars: 250);
        var experiment = with.Text("experiment", required: true, maxChars: 250);
        var run = with.Text("run", maxChars: 250);
        foreach (var feature in features.Where(feature => feature.Column == label?.Column))
        {
            with.Fault(feature.Path["with.".Length..] + ".column", $"'{feature.Column}' is the label; a model that is told the answer explains nothing.");
        }

        if (weight is not null && weight == label?.Column) { with.Fault("weight", $"'{weight}' is the label; rows are weighted by another column."); }

        var faults = with.End();
        return faults.Count > 0 ? (null, faults) : (new TrainSettings(model == "logistic", label!, features, weight, experiment!, run), []);
    }
}
