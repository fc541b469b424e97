using System.Text.RegularExpressions;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Registry.Versions;

/// <summary>
/// What a version's source names. It is data: the server never opens it as a path or an address. Only artifacts of runs kept here, other versions, and addresses in object
/// stores are taken; a path of the server's machine or an address in the web is refused, since whoever resolves it later would read from there.
/// </summary>
/// <param name="Text">As it was given.</param>
/// <param name="RunId">Of an artifact of a run kept here.</param>
/// <param name="Path">Below the run's root; empty = the root.</param>
/// <param name="Model">Of a version registered here.</param>
/// <param name="Version">A number, or <c>@</c> and an alias.</param>
internal sealed partial record SourceText(string Text, string? RunId = null, string Path = "", string? Model = null, string? Version = null)
{
    private static readonly string[] ObjectStores = ["s3", "gs", "wasb", "wasbs", "abfs", "abfss", "adl", "hdfs", "viewfs", "dbfs", "r2", "oss", "b2"];

    public static Result<SourceText> Parse(string source)
    {
        if (source.Length == 0) { return MlflowFaults.Missing("source"); }

        if (source.Length > TextLimits.SourceChars) { return Faults.TooLong("source", TextLimits.SourceChars); }

        if (Scheme().Match(source) is not { Success: true } scheme || scheme.Groups[1].Length == 1 || scheme.Groups[1].Value.Equals("file", StringComparison.OrdinalIgnoreCase))
        {
            return Invalid(source, "To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.");
        }

        var (kind, rest) = (scheme.Groups[1].Value.ToLowerInvariant(), scheme.Groups[2].Value);
        if (!SafePath.IsSafe(rest.TrimStart('/').TrimEnd('/')))
        {
            return Invalid(source, "If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.");
        }

        return kind switch
        {
            "runs" when OfRun().Match(rest) is { Success: true } run => new SourceText(source, run.Groups[1].Value, run.Groups[2].Value),
            "mlflow-artifacts" when OfProxy().Match(rest) is { Success: true } run => new SourceText(source, run.Groups[1].Value, run.Groups[2].Value),
            "models" when OfVersion().Match(rest) is { Success: true } version => new SourceText(source, Model: version.Groups[1].Value, Version: version.Groups[2].Value.TrimStart('/')),
            "runs" => Invalid(source, "It must name an artifact of a run, as runs:/RUN_ID/PATH."),
            "mlflow-artifacts" => Invalid(source, "It must name an artifact of a run kept here, as mlflow-artifacts:/EXPERIMENT_ID/RUN_ID/artifacts/PATH."),
            "models" => Invalid(source, "It must name a version registered here, as models:/NAME/VERSION or models:/NAME@ALIAS."),
            _ when ObjectStores.Contains(kind) && OfStore().IsMatch(rest) => new SourceText(source),
            _ => Invalid(source, $"A source is an artifact of a run (runs:/, mlflow-artifacts:/), another version (models:/), or an address in an object store ({string.Join(", ", ObjectStores)})."),
        };
    }

    private static Problem Invalid(string source, string right) => Problem.Invalid("source", $"Invalid model version source: '{source}'. {right}");

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*):(.*)\z", RegexOptions.Singleline)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\A/([A-Za-z0-9][\w-]{0,255})(?:/(.*))?\z")]
    private static partial Regex OfRun();

    [GeneratedRegex(@"\A/[0-9]+/([A-Za-z0-9][\w-]{0,255})/artifacts(?:/(.*))?\z")]
    private static partial Regex OfProxy();

    [GeneratedRegex(@"\A/([^/@:]+)(/[0-9]+|@[\w-]+)\z")]
    private static partial Regex OfVersion();

    [GeneratedRegex(@"\A//?[^/]")]
    private static partial Regex OfStore();
}
