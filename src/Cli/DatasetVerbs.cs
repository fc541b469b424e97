using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Slipway.Client;
using Slipway.Datasets.Contracts;
using Slipway.Kernel.Contracts;

namespace Slipway.Cli;

/// <summary>Datasets: add a version, try a file against a contract, list, show, compare two versions.</summary>
internal static class DatasetVerbs
{
    private const string AnyFile = "application/octet-stream";
    private static readonly string[] Formats = ["csv", "json", "parquet"];

    public static Command Create() => new("dataset", "Adds versions of datasets, tries files against contracts, and shows what there is and what differs.") { Add(), Check(), List(), Detail(), Diff() };

    private static Command Add()
    {
        var (name, file, format, contract) = (Name(), File(), Format(), Contract("Contract (YAML) that this and the next versions must keep"));
        return new Command("add", "Adds a file as the next version of a dataset; a file that breaks the contract is refused, and nothing changes.") { name, file, format, contract }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var (kind, agreed) = (Of(parsed, file, format), await Upload(client, workspace, parsed.GetValue(contract), ct));
            try
            {
                var version = await Upload<DatasetVersionView>(client, $"{Path(workspace, parsed.GetValue(name)!)}/versions?format={kind}{agreed}", parsed.GetValue(file)!, AnyFile, ct);
                if (!parsed.Json(version)) { Terminal.Line(DatasetText.Version(version)); }

                return 0;
            }
            catch (SlipwayException refused) when (refused.Problem is { Code: "contract_violated", Evidence: { } found })
            {
                var report = found.Deserialize<CheckReport>(WireJson.Options)!;
                if (!parsed.Json(report)) { CheckText.Print(report); }

                Terminal.Error("The file was refused; nothing was changed.");
                return 1;
            }
        });
    }

    private static Command Check()
    {
        var (name, file, format, contract) = (Name(), File(), Format(), Contract("Contract (YAML) to try it against; without it, the dataset's"));
        return new Command("check", "Tries a file against a contract and keeps nothing; exit code 1 when it breaks it.") { name, file, format, contract }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var (kind, agreed) = (Of(parsed, file, format), await Upload(client, workspace, parsed.GetValue(contract), ct));
            var report = await Upload<CheckReport>(client, $"{Path(workspace, parsed.GetValue(name)!)}/check?format={kind}{agreed}", parsed.GetValue(file)!, AnyFile, ct);
            if (!parsed.Json(report)) { CheckText.Print(report); }

            return report.Passed ? 0 : 1;
        });
    }

    private static Command List() => new Command("list", "Lists the datasets with their newest versions.").InWorkspace(async (parsed, client, workspace, ct) =>
    {
        var datasets = await client.All<DatasetSummary>($"{workspace}/datasets", ct);
        if (parsed.Json(datasets)) { return 0; }

        if (datasets.Count == 0) { Terminal.Line("There is no dataset in this workspace."); }
        else { TextTable.Print(["DATASET", "VERSION", "ROWS", "COLUMNS", "CONTRACT", "MADE", "BY"], [.. datasets.Select(DatasetText.Row)], 1, 2, 3); }

        return 0;
    });

    private static Command Detail()
    {
        var name = Name();
        var version = new Argument<long?>("VERSION") { Description = "Number of a version; without it, the newest", Arity = ArgumentArity.ZeroOrOne };
        return new Command("show", "Shows the columns of a version with their units and figures.") { name, version }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var path = Path(workspace, parsed.GetValue(name)!);
            var number = parsed.GetValue(version) ?? (await client.Get<DatasetView>(path, ct)).Latest?.Version ?? throw new SlipwayException($"The dataset '{parsed.GetValue(name)}' has no version yet; add one.");
            var detail = await client.Get<DatasetVersionDetail>($"{path}/versions/{number.ToString(CultureInfo.InvariantCulture)}", ct);
            if (parsed.Json(detail)) { return 0; }

            Terminal.Line(DatasetText.Version(detail.Version));
            TextTable.Print(["COLUMN", "TYPE", "UNIT", "MISSING", "DISTINCT", "MIN", "MEAN", "MAX"], [.. detail.Schema.Select(DatasetText.Row)], 3, 4, 5, 6, 7);
            return 0;
        });
    }

    private static Command Diff()
    {
        var name = Name();
        var from = new Argument<long>("FROM") { Description = "Number of the earlier version" };
        var to = new Argument<long>("TO") { Description = "Number of the later version" };
        return new Command("diff", "Says what differs between two versions of a dataset: rows, schema, units, statistics.") { name, from, to }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var diff = await client.Get<DatasetDiffView>(string.Create(CultureInfo.InvariantCulture, $"{Path(workspace, parsed.GetValue(name)!)}/diff?from={parsed.GetValue(from)}&to={parsed.GetValue(to)}"), ct);
            if (parsed.Json(diff)) { return 0; }

            if (diff.Rows.Count == 0) { Terminal.Line("Nothing differs."); }
            else { TextTable.Print(["", "", $"VERSION {diff.From.Version}", $"VERSION {diff.To.Version}", ""], [.. diff.Rows.Select(DatasetText.Row)]); }

            return 0;
        });
    }

    private static string Path(string workspace, string name) => $"{workspace}/datasets/{Uri.EscapeDataString(name)}";

    private static Argument<string> Name() => new("NAME") { Description = "Name of the dataset" };

    private static Argument<FileInfo> File() => new("FILE") { Description = "CSV, JSON or Parquet" };

    private static Option<FileInfo?> Contract(string meaning) => new("--contract") { Description = meaning };

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

    /// <summary>The query part that names the contract, which the server knows from now on; empty without one.</summary>
    private static async Task<string> Upload(SlipwayClient client, string workspace, FileInfo? contract, CancellationToken ct) =>
        contract is null ? "" : "&contract=" + (await Upload<DataContractView>(client, $"{workspace}/datasets/contracts", contract, "application/yaml", ct)).Digest;

    private static async Task<T> Upload<T>(SlipwayClient client, string path, FileInfo file, string mediaType, CancellationToken ct)
    {
        try
        {
            await using var content = file.OpenRead();
            return await client.Upload<T>(HttpMethod.Post, path, content, mediaType, ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{file.FullName} cannot be read: {error.Message}"); }
    }
}
