using System.Globalization;
using Slipway.Tracking.Ports;
using Slipway.Training.Design;

namespace Slipway.Training.Steps;

/// <summary>What a training logs to its run: the definition as parameters, the fit as metrics that begin with <c>train_</c>.</summary>
internal static class TrainEntries
{
    // MLflow's limit of a parameter.
    private const int ParamChars = 6_000;

    public static RunEntries Of(TrainSettings settings, Trained trained, string dataDigest)
    {
        var label = settings.Label;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = settings.Logistic ? "logistic" : "linear",
            ["label"] = label.Positive is { } positive ? $"{label.Column} = {positive}" : label.Log ? $"log({label.Column})" : label.Column,
            ["features"] = Cut(string.Join(", ", trained.Model.Features.Select(Text))),
            ["data"] = dataDigest,
        };
        if (settings.Weight is not null) { parameters["weight"] = settings.Weight; }

        var metrics = trained.Model.Fit.Measures.ToDictionary(measure => $"train_{measure.Key}", measure => measure.Value, StringComparer.Ordinal);
        return new RunEntries(parameters, metrics, new Dictionary<string, string>());
    }

    private static string Cut(string text) => text.Length <= ParamChars ? text : text[..(ParamChars - 1)] + "…";

    private static string Text(Feature feature) => feature.Kind switch
    {
        TermKind.Bins => $"{feature.Column} by [{string.Join(", ", feature.Rule.Bins!.Select(edge => edge.ToString("R", CultureInfo.InvariantCulture)))}]",
        TermKind.Category => $"{feature.Column} against {feature.Reference}",
        _ => feature.Terms[0],
    };
}
