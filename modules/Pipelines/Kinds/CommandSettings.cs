using Slipway.Kernel;
using Slipway.Kernel.Yaml;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Kinds;

/// <summary>What <c>with:</c> of a <c>command</c> says.</summary>
/// <param name="Run">Program and arguments; no shell reads them.</param>
/// <param name="Files">Names of files beside the definition that are put into the working folder.</param>
/// <param name="Out">What it gives, by output name.</param>
/// <param name="Env">Further environment variables.</param>
internal sealed record CommandSettings(
    IReadOnlyList<string> Run, IReadOnlyList<string> Files, IReadOnlyDictionary<string, CommandOutput> Out, IReadOnlyDictionary<string, string> Env, TimeSpan TimeLimit)
{
    public const int DefaultSeconds = 3_600;
    private const int MaxSeconds = 604_800;
    private static readonly IReadOnlyList<string> OutTypes = [StepTypes.File, StepTypes.Model, StepTypes.Evaluation];

    /// <summary>What could be read, with every fault; faulty parts are left out.</summary>
    public static (CommandSettings Settings, IReadOnlyList<Fault> Faults) Read(YamlSettings with)
    {
        var run = with.Texts("run", required: true) ?? [];
        if (with.Has("run") && (run.Count == 0 || run[0].Length == 0)) { with.Fault("run", "'with.run' names no program; write it like [python3, report.py]."); }

        var files = with.Texts("files", maxItems: Limits.PipelineFiles) ?? [];
        foreach (var reserved in files.Where(CommandFolder.IsReserved)) { with.Fault("files", $"'{DefinitionRules.Cut(reserved)}' is a name that the working folder uses itself (in/, out/, tmp/, step.json); give the file another one."); }

        var seconds = with.Integer("timeoutSeconds", 1, MaxSeconds) ?? DefaultSeconds;
        var settings = new CommandSettings(run, files, Outputs(with.Section("out")), Variables(with, with.Section("env")), TimeSpan.FromSeconds(seconds));
        return (settings, with.End());
    }

    private static Dictionary<string, CommandOutput> Outputs(YamlSettings? section)
    {
        var outputs = new Dictionary<string, CommandOutput>(StringComparer.Ordinal);
        foreach (var name in section?.Keys() ?? [])
        {
            if (DefinitionRules.OutputFault(name) is { } fault) { section!.Fault(name, fault); }
            else if (section!.IsMapping(name))
            {
                var part = section.Section(name)!;
                var (type, file) = (part.Word("type", OutTypes), part.Text("file", required: true));
                if (file is not null && (DefinitionRules.FileFault(file) is not null || file.Contains('/', StringComparison.Ordinal))) { part.Fault("file", $"'{DefinitionRules.Cut(file)}' is no name of a file in out/; it has letters, digits, '-', '_' and '.', and no folder."); }
                else if (file is not null) { outputs[name] = new CommandOutput(type ?? StepTypes.File, file); }
            }
            else if (section.Word(name, OutTypes, required: true) is { } type) { outputs[name] = new CommandOutput(type, null); }
        }

        return outputs;
    }

    private static Dictionary<string, string> Variables(YamlSettings with, YamlSettings? section)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in section?.Keys() ?? [])
        {
            var wrong = !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(name[0]) || name.StartsWith("SLIPWAY_", StringComparison.Ordinal)
                || name.StartsWith("MLFLOW_TRACKING_", StringComparison.Ordinal) || name.StartsWith("LD_", StringComparison.Ordinal);
            if (wrong) { with.Fault("env", $"'{DefinitionRules.Cut(name)}' is no name of a variable that a step may set; it has letters, digits and '_', and does not begin with SLIPWAY_, MLFLOW_TRACKING_ or LD_."); }
            else if (section!.Text(name, maxChars: 10_000) is { } value) { variables[name] = value; }
        }

        return variables;
    }
}

/// <param name="File">Its name in out/; null = the one file there that has the output's name, with any ending.</param>
internal sealed record CommandOutput(string Type, string? File);
