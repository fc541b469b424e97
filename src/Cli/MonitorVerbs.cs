using System.CommandLine;
using System.Text.Json;
using Slipway.Client;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;

namespace Slipway.Cli;

/// <summary>Monitors: how endpoints are doing, one of them with its alerts, another definition; and outcomes for the predictions.</summary>
internal static class MonitorVerbs
{
    private const int LabelsAtOnce = 5_000;

    public static Command Create() => new("monitor", "Shows whether production is still what was approved, and sets what monitors look at.") { Status(), Detail(), Set() };

    public static Command CreateLabel()
    {
        var (endpoint, file) = (Endpoint(), new Argument<FileInfo>("FILE") { Description = "Outcomes: a JSON array, or one JSON object per line: {\"predictionId\": …, \"label\": …, \"groups\": {…}}" });
        return new Command("label", "Reports what happened after predictions.") { endpoint, file }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var entries = await Labels(parsed.GetValue(file)!, ct);
            var sum = new LabelsView(0, 0, 0, []);
            foreach (var part in entries.Chunk(LabelsAtOnce))
            {
                var told = await client.Post<LabelEntry[], LabelsView>($"{Path(workspace, parsed.GetValue(endpoint)!)}/labels", part, ct);
                sum = new LabelsView(sum.Received + told.Received, sum.Joined + told.Joined, sum.Unknown + told.Unknown, [.. sum.UnknownIds.Concat(told.UnknownIds).Take(20)]);
            }

            if (parsed.Json(sum)) { return 0; }

            Terminal.Line($"{Show.Plural(sum.Joined, "outcome")} joined with predictions of '{parsed.GetValue(endpoint)}'.");
            if (sum.Unknown > 0) { Terminal.Line($"{Show.Plural(sum.Unknown, "prediction")} not in the log, so nothing was kept of them: {string.Join(", ", sum.UnknownIds)}{(sum.Unknown > sum.UnknownIds.Count ? ", …" : "")}"); }

            return 0;
        });
    }

    private static Command Status()
    {
        var endpoint = new Argument<string?>("ENDPOINT") { Description = "Name of an endpoint; without it, all of the workspace", Arity = ArgumentArity.ZeroOrOne };
        return new Command("status", "Says of each version that answers whether population, decisions, outcomes and groups are as approved.") { endpoint }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var all = (await client.Get<Page<MonitorSummary>>($"{workspace}/monitors", ct)).Items;
            var monitors = parsed.GetValue(endpoint) is { } name ? [.. all.Where(one => one.Endpoint == name)] : all;
            if (monitors.Count == 0 && parsed.GetValue(endpoint) is { } wanted) { throw new SlipwayException($"There is no endpoint '{wanted}' here."); }

            if (parsed.Json(monitors)) { return 0; }

            if (monitors.Count == 0) { Terminal.Line("There is no endpoint in this workspace."); }
            else { TextTable.Print(["ENDPOINT", "VERSION", "ROLE", "POPULATION", "DECISIONS", "PERFORMANCE", "FAIRNESS", "ALERTS"], [.. monitors.SelectMany(MonitorText.Rows)], 1, 7); }

            return 0;
        });
    }

    private static Command Detail()
    {
        var endpoint = Endpoint();
        return new Command("show", "Shows a monitor: verdicts with their reasons, open windows, alerts with what followed.") { endpoint }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var monitor = await client.Get<MonitorView>(Path(workspace, parsed.GetValue(endpoint)!), ct);
            if (!parsed.Json(monitor)) { MonitorText.Print(monitor); }

            return 0;
        });
    }

    private static Command Set()
    {
        var (endpoint, file) = (Endpoint(), new Argument<FileInfo>("FILE") { Description = "The definition (YAML)" });
        return new Command("set", "Puts a definition in force from the next window on.") { endpoint, file }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            await using var text = Open(parsed.GetValue(file)!);
            var definition = await client.Upload<MonitorDefinitionView>(HttpMethod.Put, Path(workspace, parsed.GetValue(endpoint)!), text, "application/yaml", ct);
            if (!parsed.Json(definition)) { Terminal.Line($"Version {definition.Version} of the monitor of '{definition.Endpoint}' is in force ({Show.Digest(definition.Digest)})."); }

            return 0;
        });
    }

    private static async Task<List<LabelEntry>> Labels(FileInfo file, CancellationToken ct)
    {
        using var reader = new StreamReader(Open(file));
        var text = await reader.ReadToEndAsync(ct);
        var number = 0;
        try
        {
            if (text.TrimStart().StartsWith('[')) { return JsonSerializer.Deserialize<List<LabelEntry>>(text, WireJson.Options)!; }

            var entries = new List<LabelEntry>();
            foreach (var line in text.Split('\n'))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line)) { entries.Add(JsonSerializer.Deserialize<LabelEntry>(line, WireJson.Options)!); }
            }

            return entries;
        }
        catch (JsonException error) { throw new SlipwayException($"{file.Name}{(number > 0 ? $", line {number}" : "")}: {error.Message}"); }
    }

    private static FileStream Open(FileInfo file)
    {
        try { return file.OpenRead(); }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException(error.Message); }
    }

    private static string Path(string workspace, string endpoint) => $"{workspace}/monitors/{Uri.EscapeDataString(endpoint)}";

    private static Argument<string> Endpoint() => new("ENDPOINT") { Description = "Name of the endpoint" };
}
