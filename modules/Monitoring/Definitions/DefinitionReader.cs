using System.Text;
using Slipway.Kernel;
using Slipway.Kernel.Yaml;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Reactions;

namespace Slipway.Monitoring.Definitions;

/// <summary>Reads the YAML of a monitor and tells every fault at once, each with path and line. What a definition does not say is as in the built-in one.</summary>
internal static class DefinitionReader
{
    /// <summary>What may follow from an alert of a kind, by the key below <c>on</c>.</summary>
    public static readonly IReadOnlyList<string> Causes = ["drift", "envelope", "performance", "fairness"];

    private const int MostFeatures = 1_000;
    private const int MostBands = 50;

    public static Result<MonitorSettings> Read(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) is var bytes && bytes > Limits.MonitorDefinitionBytes)
        {
            return Problem.Invalid("definition", $"The definition has {bytes} bytes; at most {Limits.MonitorDefinitionBytes} are taken.");
        }

        var found = new List<YamlFault>();
        if (YamlReader.Read(text, "definition", found) is not { } root || found.Count > 0) { return Problem.Invalid([.. found.Select(fault => Placed(fault.Path, fault.Detail, fault.Line))]); }

        if (root is not YamlMap map) { return Problem.Invalid("definition", "The definition is no mapping of keys to values."); }

        var top = new YamlSettings(map.ToJson(), "");
        var window = top.Section("window");
        var population = top.Section("population");
        var envelope = top.Section("envelope");
        var performance = top.Section("performance");
        var fairness = top.Section("fairness");
        var settings = new MonitorSettings(
            window?.Integer("predictions", 20, 1_000_000) ?? 500, window?.Integer("maximumAgeSeconds", 1, 31_536_000) ?? 3_600, window?.Integer("minimum", 10, 1_000_000) ?? 50,
            population?.Number("alpha", 1e-6, 0.5) ?? 0.05, population?.Number("maximumPsi", 0.001, 100) ?? 0.25,
            envelope?.Number("alpha", 1e-9, 0.5) ?? 0.001, Bands(envelope),
            performance?.Integer("windowHours", 1, 8_784) ?? 168, performance?.Integer("minimumLabels", 10, 1_000_000) ?? 50,
            fairness?.Integer("minimumGroup", 1, 1_000_000) ?? 30, fairness?.Number("minimumRatio", 0, 1) ?? 0.8,
            Reactions(top.Section("on"), top.Has("on")), population?.Texts("features", maxItems: MostFeatures));
        if (settings.MinimumPredictions > settings.WindowPredictions)
        {
            (window ?? top).Fault("minimum", $"A window of {settings.WindowPredictions} predictions never has the minimum of {settings.MinimumPredictions}.");
        }

        var faults = top.End();
        return faults.Count > 0 ? Problem.Invalid([.. faults.Select(fault => Placed(fault.Field, fault.Detail, map.Nearest(fault.Field).Line))]) : settings;
    }

    private static Fault Placed(string path, string detail, int? line) => new(path.Length == 0 ? "definition" : path, line is { } at ? $"Line {at}: {detail}" : detail);

    private static List<DecisionLimits> Bands(YamlSettings? envelope)
    {
        var bands = new List<DecisionLimits>();
        foreach (var band in envelope?.Sections("bands", maxItems: MostBands) ?? [])
        {
            var (decision, low, high) = (band.Text("decision", required: true), band.Number("low", 0, 1, required: true), band.Number("high", 0, 1, required: true));
            if (low >= high) { band.Fault("high", $"The band of '{decision}' ends at {high}, not above its beginning at {low}."); }
            else if (decision is not null && low is { } from && high is { } to) { bands.Add(new DecisionLimits(decision, from, to)); }
        }

        return bands;
    }

    private static Dictionary<string, IReadOnlyList<string>> Reactions(YamlSettings? on, bool said)
    {
        var reactions = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var cause in Causes)
        {
            // Who writes 'on' says all of it: a cause that is left out has no reactions.
            var names = said ? on?.Texts(cause, maxItems: Reaction.All.Count) ?? [] : DefaultsOf(cause);
            foreach (var name in names.Where(name => !Reaction.All.Contains(name)))
            {
                on!.Fault(cause, $"'{name}' is no reaction; there are {string.Join(", ", Reaction.All)}.");
            }

            reactions[cause] = [.. names.Distinct(StringComparer.Ordinal)];
        }

        return reactions;
    }

    private static string[] DefaultsOf(string cause) => cause switch
    {
        "drift" => [Reaction.HaltRollout, Reaction.RequestRetraining],
        "envelope" => [Reaction.RollBack],
        "performance" => [Reaction.RequestRetraining],
        _ => [],
    };
}
