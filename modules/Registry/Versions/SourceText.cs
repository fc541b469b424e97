using System.Text.RegularExpressions;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Registry.Versions;

/// <summary>
/// What a version's source names. It is data: the server never opens it as a path or an address. Artifacts of runs and logged models, and other versions, are looked up here; an
/// address elsewhere is kept as it was given, and nothing is known of what is behind it. A path of the server's machine is refused, and so is what leads out of where it
/// seems to lie, since whoever resolves it later would read from there (CVE-2024-3573, CVE-2024-3848, CVE-2026-2614 and their kin).
/// </summary>
/// <param name="Text">As it was given.</param>
/// <param name="RunId">Of an artifact of a run.</param>
/// <param name="Path">Below the run's root or the logged model's; empty = the root.</param>
/// <param name="Model">Of a version registered here.</param>
/// <param name="Version">A number, or <c>@</c> and an alias.</param>
/// <param name="LoggedModel">Id of a logged model.</param>
internal sealed partial record SourceText(string Text, string? RunId = null, string Path = "", string? Model = null, string? Version = null, string? LoggedModel = null)
{
    // Ours by another name, or no addresses at all.
    private static readonly string[] Refused = ["pipeline", "slipway", "prompts", "javascript", "vbscript", "data", "jar"];

    /// <summary>An address where this server keeps nothing.</summary>
    public bool IsElsewhere => RunId is null && Model is null && LoggedModel is null;

    public static Result<SourceText> Parse(string source)
    {
        if (LengthFault(source) is { } fault) { return fault; }

        if (SchemeOf(source) is not var (kind, rest))
        {
            return Invalid(source, "To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.");
        }

        var ours = kind is "runs" or "mlflow-artifacts" or "models" && !rest.StartsWith("//", StringComparison.Ordinal);
        if (ours ? !SafePath.IsSafe(rest.TrimStart('/').TrimEnd('/')) : OutsideAddress.LeadsOut(rest))
        {
            return Invalid(source, "If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.");
        }

        return kind switch
        {
            "models" when OfLoggedModel().Match(rest) is { Success: true } logged => new SourceText(source, LoggedModel: logged.Groups[1].Value),
            "models" when OfVersion().Match(rest) is { Success: true } version => new SourceText(source, Model: version.Groups[1].Value, Version: version.Groups[2].Value.TrimStart('/')),
            "models" => Invalid(source, "It must name a version registered here or a logged model, as models:/NAME/VERSION, models:/NAME@ALIAS or models:/m-ID."),
            "runs" when ours => OfRun().Match(rest) is { Success: true } run
                ? new SourceText(source, run.Groups[1].Value, run.Groups[2].Value)
                : Invalid(source, "It must name an artifact of a run, as runs:/RUN_ID/PATH."),
            "mlflow-artifacts" when ours => OfProxyModel().Match(rest) is { Success: true } logged ? new SourceText(source, Path: logged.Groups[2].Value, LoggedModel: logged.Groups[1].Value)
                : OfProxy().Match(rest) is { Success: true } run ? new SourceText(source, run.Groups[1].Value, run.Groups[2].Value)
                : Invalid(source, "It must name an artifact of a run, as mlflow-artifacts:/EXPERIMENT_ID/RUN_ID/artifacts/PATH."),
            _ when !Refused.Contains(kind) && OfAddress().IsMatch(rest) => new SourceText(source),
            _ => Invalid(source, "A source is an artifact of a run (runs:/, mlflow-artifacts:/), another version or a logged model (models:/), or an address elsewhere, such as s3://bucket/path or https://host/path."),
        };
    }

    /// <summary>What the source of a prompt's version may be: any word or address, since its text is a tag; no path.</summary>
    public static Problem? PromptFault(string source)
    {
        if (LengthFault(source) is { } fault) { return fault; }

        var isPath = SchemeOf(source) is var (_, rest) ? OutsideAddress.LeadsOut(rest) : source.AsSpan().IndexOfAny("/\\:~%") >= 0 || OutsideAddress.LeadsOut(source);
        return isPath ? Problem.Invalid("source", $"Invalid prompt source: '{source}'. Local source paths are not allowed for prompts.") : null;
    }

    private static Problem? LengthFault(string source) =>
        source.Length == 0 ? MlflowFaults.Missing("source") : source.Length > TextLimits.SourceChars ? Faults.TooLong("source", TextLimits.SourceChars) : null;

    /// <summary>Null for a local path: none, that of a drive, or <c>file:</c>.</summary>
    private static (string Kind, string After)? SchemeOf(string source) =>
        Scheme().Match(source) is { Success: true } scheme && scheme.Groups[1].Length > 1 && !scheme.Groups[1].Value.Equals("file", StringComparison.OrdinalIgnoreCase)
            ? (scheme.Groups[1].Value.ToLowerInvariant(), scheme.Groups[2].Value)
            : null;

    private static Problem Invalid(string source, string right) => Problem.Invalid("source", $"Invalid model version source: '{source}'. {right}");

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*):(.*)\z", RegexOptions.Singleline)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A/([A-Za-z0-9][\w-]{0,255})(?:/(.*))?\z")]
    private static partial Regex OfRun();

    // An experiment may lie deeper than its number: the run is what stands before the first folder 'artifacts'.
    [GeneratedRegex(@"\A/(?:[^/]+/)+?([A-Za-z0-9][\w-]{0,255})/artifacts(?:/(.*))?\z")]
    private static partial Regex OfProxy();

    [GeneratedRegex(@"\A/(?:[^/]+/)+?models/(m-[\w-]{1,64})/artifacts(?:/(.*))?\z")]
    private static partial Regex OfProxyModel();

    [GeneratedRegex(@"\A/(m-[\w-]{1,64})\z")]
    private static partial Regex OfLoggedModel();

    [GeneratedRegex(@"\A/([^/@:]+)(/[0-9]+|@[\w-]+)\z")]
    private static partial Regex OfVersion();

    [GeneratedRegex(@"\A//?[^/]")]
    private static partial Regex OfAddress();
}
