using System.CommandLine;
using Slipway.Cli.Import;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli;

/// <summary><c>import mlflow</c>: takes over what another MLflow holds.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "An MLflow server's address, its SQLite file, a PostgreSQL URL (postgresql://user:password@host/database), or an mlruns folder", Required = true };
        var artifacts = new Option<string[]>("--artifacts") { Description = "Where artifacts lie on this machine: the folder behind mlflow-artifacts:/, or ADDRESS=FOLDER; may be repeated", DefaultValueFactory = _ => [] };
        var without = new Option<bool>("--no-artifacts") { Description = "Leaves artifacts where they are" };
        var dry = new Option<bool>("--dry-run") { Description = "Reads and counts everything, and sends nothing" };
        var key = new Option<string?>("--from-key") { Description = "Key of the server that is imported from (or MLFLOW_TRACKING_TOKEN, MLFLOW_TRACKING_PASSWORD)" };
        var mlflow = new Command("mlflow", "Takes over experiments, runs, metrics, artifacts and registered models of an MLflow; again goes on where it was stopped.") { from, artifacts, without, dry, key };
        return new Command("import", "Takes over what another tracking server holds.")
        {
            mlflow.InWorkspace(async (parsed, client, workspace, ct) =>
            {
                try
                {
                    var given = parsed.GetValue(from)!;
                    var places = ArtifactPlaces.Of(parsed.GetValue(artifacts)!, SourceOpener.Base(given), SourceOpener.Root(given));
                    await using var source = await SourceOpener.Open(given, parsed.GetValue(key) ?? Variable("MLFLOW_TRACKING_TOKEN") ?? Variable("MLFLOW_TRACKING_PASSWORD"), Variable("MLFLOW_TRACKING_USERNAME"), ct);
                    var quiet = parsed.GetValue(Verb.AsJson);
                    var target = parsed.GetValue(dry) ? null : new ImportTarget(client, workspace);
                    var report = await new MlflowImport(source, target, places, !parsed.GetValue(without), line => { if (!quiet) { Terminal.Line(line); } }).Run(ct);
                    if (!parsed.Json(report)) { Print(report, target is null); }

                    return 0;
                }
                catch (Exception error) when (error is SourceException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
                {
                    Terminal.Error(error.Message);
                    return 1;
                }
            }),
        };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void Print(ImportReport report, bool dry)
    {
        TextTable.Print(
            ["", "FOUND", "ADDED", "HERE ALREADY", "LEFT OUT"],
            [.. report.Counts.Select(row => (IReadOnlyList<string?>)[row.Kind, Show.Count(row.Found), Show.Count(row.Added), Show.Count(row.Present), Show.Count(row.Skipped)])],
            1, 2, 3, 4);
        foreach (var (source, here) in report.ExperimentIds) { Terminal.Line($"experiment {source} is {here} here"); }

        foreach (var same in report.Skipped.GroupBy(skip => (skip.Kind, skip.Reason)))
        {
            Terminal.Line($"{same.Key.Kind} {same.First().Id}{(same.Count() > 1 ? $" and {Show.Count(same.Count() - 1)} more" : "")}: {same.Key.Reason}");
        }

        if (dry) { Terminal.Line("A dry run: nothing was sent."); }
    }
}
