using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Yaml;
using Slipway.Pipelines.Contracts;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Definitions;

/// <summary>Reads the YAML of a pipeline and tells every fault at once, each with path and line. Thread safe.</summary>
internal sealed class DefinitionReader(IEnumerable<IStepKind> kinds)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();
    private readonly Dictionary<string, IStepKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The problem of a text that is not read at all; null when it is short enough.</summary>
    public static Problem? TooLong(string text) => Encoding.UTF8.GetByteCount(text) is var bytes && bytes > Limits.PipelineDefinitionBytes
        ? Problem.Invalid("definition", $"The definition has {bytes} bytes; at most {Limits.PipelineDefinitionBytes} are taken.")
        : null;

    /// <summary>The definition; null when there are faults.</summary>
    public PipelineDefinition? Read(string text, List<PipelineFaultView> faults)
    {
        var unread = new List<YamlFault>();
        var root = YamlReader.Read(text, "definition", unread);
        faults.AddRange(unread.Select(fault => new PipelineFaultView(fault.Path, fault.Detail, fault.Line)));
        if (root is null) { return null; }

        if (root is not YamlMap map)
        {
            faults.Add(new PipelineFaultView("", "The definition is no mapping; it begins with 'pipeline: NAME' and 'steps:'.", root.Line));
            return null;
        }

        var found = new List<Fault>();
        var top = new YamlSettings(map.ToJson(), "");
        var name = top.Text("pipeline", required: true);
        if (name is not null && DefinitionRules.PipelineFault(name) is { } fault) { found.Add(new Fault("pipeline", fault)); }

        var description = top.Text("description", maxChars: DefinitionRules.MaxDescriptionChars);
        top.Know("steps");
        found.AddRange(top.End());
        var steps = Steps(map, found);
        found.AddRange(GraphCheck.Faults(steps));
        faults.AddRange(found.Take(YamlReader.MaxFaults).Select(one => new PipelineFaultView(one.Field, one.Detail, map.Nearest(one.Field).Line)));
        if (found.Count > YamlReader.MaxFaults) { faults.Add(new PipelineFaultView("", $"There are {found.Count - YamlReader.MaxFaults} more faults, which are not told.", null)); }

        return faults.Count > 0 ? null : new PipelineDefinition(name!, description, DigestOf(text), text, steps);
    }

    private List<PipelineStep> Steps(YamlMap map, List<Fault> faults)
    {
        if (map["steps"] is not YamlMap { Entries.Count: > 0 } steps)
        {
            faults.Add(new Fault("steps", "'steps' is missing or empty; below it stands a mapping of step names."));
            return [];
        }

        if (steps.Entries.Count > Limits.PipelineSteps)
        {
            faults.Add(new Fault("steps", $"There are {steps.Entries.Count} steps; at most {Limits.PipelineSteps} are taken."));
            return [];
        }

        var all = new List<PipelineStep>();
        foreach (var (key, value) in steps.Entries)
        {
            if (Step(key.Value, value, faults) is { } step) { all.Add(step); }
        }

        return all;
    }

    private PipelineStep? Step(string name, YamlPart part, List<Fault> faults)
    {
        var path = YamlFault.Cut($"steps.{name}");
        if (DefinitionRules.StepFault(name) is { } badName) { faults.Add(new Fault(path, badName)); }

        if (part is not YamlMap map)
        {
            faults.Add(new Fault(path, $"'{path}' is no mapping; a step says at least what it 'uses'."));
            return null;
        }

        var settings = new YamlSettings(map.ToJson(), path);
        var uses = settings.Text("uses", required: true);
        var retries = settings.Integer("retries", 0, 10);
        var timeout = settings.Integer("timeoutSeconds", 1, 604_800);
        var needs = settings.Texts("needs") ?? [];
        settings.Know("in", "with");
        faults.AddRange(settings.End());

        var definition = new StepDefinition(name, uses ?? "", Inputs(map["in"], path, faults), With(map["with"], path, faults))
        {
            Retries = (int)(retries ?? 0), TimeoutSeconds = (int?)timeout, Needs = needs,
        };
        if (uses is null) { return null; }

        if (!_kinds.TryGetValue(uses, out var kind))
        {
            faults.Add(new Fault($"{path}.uses", $"'{DefinitionRules.Cut(uses)}' is no kind of step; there are {string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal))}."));
            return null;
        }

        faults.AddRange(kind.Check(definition).Select(fault => new Fault($"{path}.{fault.Field}", fault.Detail.Replace("'with", $"'{path}.with", StringComparison.Ordinal))));
        var shape = kind.Shape(definition);
        faults.AddRange(shape.Files.Select(DefinitionRules.FileFault).OfType<string>().Distinct().Select(fault => new Fault($"{path}.with", fault)));
        return new PipelineStep(definition, kind, shape, [.. definition.Inputs.Values.Select(input => input.Step).Concat(needs).Distinct(StringComparer.Ordinal)]);
    }

    private static Dictionary<string, StepReference> Inputs(YamlPart? part, string path, List<Fault> faults)
    {
        var inputs = new Dictionary<string, StepReference>(StringComparer.Ordinal);
        if (part is null or YamlText { IsNull: true }) { return inputs; }

        if (part is not YamlMap map)
        {
            faults.Add(new Fault($"{path}.in", $"'{path}.in' is no mapping; write it like {{ data: ingest.data }}."));
            return inputs;
        }

        foreach (var (key, value) in map.Entries)
        {
            var at = $"{path}.in.{key.Value}";
            if (DefinitionRules.OutputFault(key.Value) is { } fault) { faults.Add(new Fault(at, fault)); }
            else if (value is YamlText { Value: var text } && text.Split('.') is [{ Length: > 0 } step, { Length: > 0 } output]) { inputs[key.Value] = new StepReference(step, output); }
            else { faults.Add(new Fault(at, $"'{at}' names no output; write it as STEP.OUTPUT, like ingest.data.")); }
        }

        return inputs;
    }

    private static JsonElement With(YamlPart? part, string path, List<Fault> faults)
    {
        if (part is null or YamlText { IsNull: true }) { return Nothing; }

        if (part is YamlMap map) { return map.ToJson(); }

        faults.Add(new Fault($"{path}.with", $"'{path}.with' is no mapping of settings."));
        return Nothing;
    }
}
