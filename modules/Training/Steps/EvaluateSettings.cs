using Slipway.Kernel;
using Slipway.Kernel.Yaml;
using Slipway.Pipelines.Ports;
using Slipway.Training.Contracts;
using Slipway.Training.Design;
using Slipway.Training.Groups;

namespace Slipway.Training.Steps;

/// <summary>What <c>with:</c> of an evaluation says.</summary>
/// <param name="Decision">Null when no threshold is named.</param>
/// <param name="Label">For a model that came without its training record; null = as it was trained.</param>
internal sealed record EvaluateSettings(DecisionView? Decision, IReadOnlyList<GroupRule> Groups, LabelRule? Label)
{
    private const long DefaultMinimum = 30;

    /// <returns>Null settings when there are faults.</returns>
    public static (EvaluateSettings? Settings, IReadOnlyList<Fault> Faults) Read(StepDefinition step)
    {
        var with = step.Settings();
        var decision = ReadDecision(with);
        var minimum = with.Integer("minimumGroup", 1, 1_000_000) ?? DefaultMinimum;
        var groups = (with.Sections("groups", maxItems: 50) ?? []).Select(section => Group(section, minimum)).OfType<GroupRule>().ToList();
        var label = FeatureSettings.Label(with, null, required: false);
        if (groups.Count > 0 && decision is null) { with.Fault("threshold", "'with.threshold' is missing; groups are compared by what is decided at it."); }

        if (groups.Count > 0 && decision is { Favourable: null })
        {
            with.Fault("favourable", $"'with.favourable' is missing; it says which decision is good for the person, '{decision.AtOrAbove}' or '{decision.Below}'.");
        }

        foreach (var again in groups.GroupBy(group => group.Column, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            with.Fault("groups", $"Column '{again.Key}' stands there {again.Count()} times; once is enough.");
        }

        var faults = with.End();
        return faults.Count > 0 ? (null, faults) : (new EvaluateSettings(decision, groups, label), []);
    }

    private static DecisionView? ReadDecision(YamlSettings with)
    {
        var threshold = with.Number("threshold", 0, 1);
        var names = with.Section("decisions");
        var above = names?.Text("atOrAbove", required: true, maxChars: 100) ?? "positive";
        var below = names?.Text("below", required: true, maxChars: 100) ?? "negative";
        if (above == below) { with.Fault("decisions", $"Both decisions are called '{above}'; they need two names."); }

        var favourable = with.Text("favourable", maxChars: 100);
        if (favourable is not null && favourable != above && favourable != below)
        {
            with.Fault("favourable", $"'with.favourable' is '{favourable}'; it is one of the decisions, '{above}' or '{below}'.");
        }

        if (threshold is null && !with.Has("threshold") && (names is not null || favourable is not null)) { with.Fault("threshold", "'with.threshold' is missing; decisions are made at it."); }

        return threshold is { } given ? new DecisionView(given, above, below, favourable) : null;
    }

    private static GroupRule? Group(YamlSettings section, long minimum)
    {
        var column = section.Text("column", required: true, maxChars: 250);
        var reference = section.Text("reference", required: true, maxChars: 250);
        return column is null || reference is null ? null : new GroupRule(column, reference, minimum);
    }
}
