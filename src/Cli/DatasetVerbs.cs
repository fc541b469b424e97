using System.CommandLine;
using System.Text.Json;
using Slipway.Client;
using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Cli;

/// <summary>Datasets: add a version, try a file against the contract.</summary>
internal static class DatasetVerbs
{
    private static readonly string[] Formats = ["csv", "json", "parquet"];

    public static Command Create() => new("dataset", "Adds versions of datasets, and tries files against their contracts.") { Add(), Check() };

    private static Command Add()
    {
        var (name, file, format) = (Name(), File(), Format());
        var contract = new Option<FileInfo?>("--contract") { Description = "Contract (YAML) that this and the next versions must keep" };
        return new Command("add", "Adds a file as the next version of a dataset; a file that breaks the contract is refused, and nothing changes.") { name, file, format, contract }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var dataset = $"{workspace}/datasets/{Uri.EscapeDataString(parsed.GetValue(name)!)}";
            if (parsed.GetValue(contract) is { } yaml) { await Upload<DataContractView>(client, HttpMethod.Put, $"{dataset}/contract", yaml, "application/yaml", ct); }

            try
            {
                var version = await Upload<DatasetVersionView>(client, HttpMethod.Post, $"{dataset}/versions?format={Of(parsed, file, format)}", parsed.GetValue(file)!, "application/octet-stream", ct);
                if (!parsed.Json(version))
                {
                    Terminal.Line($"{version.Name} version {version.Version}: {Show.Plural(version.Rows, "row")}, {Show.Plural(version.Columns, "column")}, contract {Verdict(version.Verdict)}, SHA-256 {version.Digest}");
                }

                return 0;
            }
            catch (SlipwayException refused) when (refused.Problem is { Code: "contract_violated", Evidence: { } found })
            {
                var report = found.Deserialize<CheckReport>(WireJson.Options)!;
                if (!parsed.Json(report)) { CheckText.Print(report); }

                Terminal.Error(refused.Message);
                return 1;
            }
        });
    }

    private static Command Check()
    {
        var (name, file, format) = (Name(), File(), Format());
        return new Command("check", "Tries a file against the contract of a dataset and keeps nothing; exit code 1 when it breaks it.") { name, file, format }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var path = $"{workspace}/datasets/{Uri.EscapeDataString(parsed.GetValue(name)!)}/check?format={Of(parsed, file, format)}";
            var report = await Upload<CheckReport>(client, HttpMethod.Post, path, parsed.GetValue(file)!, "application/octet-stream", ct);
            if (!parsed.Json(report)) { CheckText.Print(report); }

            return report.Passed ? 0 : 1;
        });
    }

    private static Argument<string> Name() => new("NAME") { Description = "Name of the dataset" };

    private static Argument<FileInfo> File() => new("FILE") { Description = "CSV, JSON or Parquet" };

    private static Option<string?> Format()
    {
        var format = new Option<string?>("--format") { Description = "csv, json or parquet; without it, by the file's ending" };
        format.AcceptOnlyFromAmong(Formats);
        return format;
    }

    private static string Of(ParseResult parsed, Argument<FileInfo> file, Option<string?> format)
    {
        if (parsed.GetValue(format) is { } given) { return given; }

        var ending = parsed.GetValue(file)!.Extension.TrimStart('.').ToLowerInvariant();
        return Formats.Contains(ending) ? ending : throw new SlipwayException($"'{parsed.GetValue(file)!.Name}' does not say by its ending what it is; say --format csv, json or parquet.");
    }

    private static string Verdict(DatasetVerdict verdict) => verdict switch
    {
        DatasetVerdict.Passed => "kept",
        DatasetVerdict.Warning => "kept with warnings",
        _ => "none",
    };

    private static async Task<T> Upload<T>(SlipwayClient client, HttpMethod method, string path, FileInfo file, string mediaType, CancellationToken ct)
    {
        try
        {
            await using var content = file.OpenRead();
            return await client.Upload<T>(method, path, content, mediaType, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{file.FullName} cannot be read: {error.Message}"); }
    }
}
