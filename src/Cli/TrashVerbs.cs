using System.CommandLine;
using Slipway.Client;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Cli;

/// <summary>What was deleted: to be looked at, restored, or erased for good.</summary>
internal static class TrashVerbs
{
    public static Command Create() => new("trash", "Lists, restores and purges deleted runs, experiments and logged models.") { List(), Restore(), Purge() };

    private static Command List()
    {
        var limit = new Option<int>("--limit") { Description = "Most of each kind (default 100, at most 1,000)", DefaultValueFactory = _ => 100 };
        return new Command("list", "Lists deleted experiments, runs and logged models, the longest deleted first, and when they go for good.") { limit }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var items = new List<TrashItemView>();
            var more = false;
            foreach (var kind in (string[])["experiment", "run", "loggedModel"])
            {
                var page = await client.Get<Page<TrashItemView>>($"{workspace}/trash?kind={kind}&limit={parsed.GetValue(limit)}", ct);
                items.AddRange(page.Items);
                more |= page.Next is not null;
            }

            if (parsed.Json(items)) { return 0; }

            if (items.Count == 0) { Terminal.Line("The trash of this workspace is empty."); }
            else
            {
                TextTable.Print(
                    ["KIND", "ID", "NAME", "EXPERIMENT", "DELETED", "GOES"],
                    [.. items.Select(one => (IReadOnlyList<string?>)[one.Kind, one.Id, one.Name, one.ExperimentName, one.DeletedMs is { } at ? Show.Time(at) : "–", Goes(one)])],
                    2);
                if (more) { Terminal.Line("There is more; --limit shows up to 1,000 of each kind."); }
            }

            return 0;
        });
    }

    private static Command Restore()
    {
        var (runs, experiments, models) = (Ids("--run", "Run to restore"), Ids("--experiment", "Experiment to restore, with its runs"), Ids("--logged-model", "Logged model to restore"));
        return new Command("restore", "Takes runs, experiments and logged models out of the trash.") { runs, experiments, models }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var asked = new TrashRequest(parsed.GetValue(runs), parsed.GetValue(experiments), parsed.GetValue(models));
            await client.Post($"{workspace}/trash/restore", asked, ct);
            Terminal.Line($"Restored: {Count(asked.Runs?.Count ?? 0, asked.Experiments?.Count ?? 0, asked.LoggedModels?.Count ?? 0)}.");
            return 0;
        });
    }

    private static Command Purge()
    {
        var (runs, experiments, models) = (Ids("--run", "Run to erase"), Ids("--experiment", "Experiment to erase, with its runs and logged models"), Ids("--logged-model", "Logged model to erase"));
        var all = new Option<bool>("--all") { Description = "Everything in the trash of the workspace" };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing" };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit log" };
        return new Command("purge", "Erases what lies in the trash for good; what a registered version needs stays.") { runs, experiments, models, all, dry, reason }
            .InWorkspace(async (parsed, client, workspace, ct) =>
            {
                var asked = new PurgeRequest(parsed.GetValue(runs), parsed.GetValue(experiments), parsed.GetValue(all), parsed.GetValue(dry), parsed.GetValue(reason), parsed.GetValue(models));
                var sum = await client.Post<PurgeRequest, PurgeReport>($"{workspace}/trash/purge", asked, ct);
                for (var last = sum; last.More && !asked.DryRun && last.Runs + last.Experiments + last.LoggedModels > 0;)
                {
                    last = await client.Post<PurgeRequest, PurgeReport>($"{workspace}/trash/purge", asked, ct);
                    sum = last with
                    {
                        Runs = sum.Runs + last.Runs, Experiments = sum.Experiments + last.Experiments, LoggedModels = sum.LoggedModels + last.LoggedModels, Artifacts = sum.Artifacts + last.Artifacts, ArtifactBytes = sum.ArtifactBytes + last.ArtifactBytes,
                    };
                }

                if (!parsed.Json(sum)) { Print(sum); }

                return 0;
            });
    }

    private static void Print(PurgeReport report)
    {
        Terminal.Line($"{(report.DryRun ? "Would go for good" : "Gone for good")}: {Count(report.Runs, report.Experiments, report.LoggedModels)}, {report.Artifacts} files of {report.ArtifactBytes} bytes.");
        if (report is { DryRun: true, More: true }) { Terminal.Line("A dry run looks at the first 1,000 runs; there are more."); }

        foreach (var kept in report.Kept) { Terminal.Line($"  kept: {kept.Kind} {kept.Id}: {kept.Why}"); }
    }

    private static string Goes(TrashItemView item) => item.NeededBy is { } by ? $"never: needed by {by}" : item.PurgeMs is { } at ? Show.Time(at) : "when it is purged";

    private static string Count(long runs, long experiments, long models) =>
        $"{Counted(runs, "run")}, {Counted(experiments, "experiment")} and {Counted(models, "logged model")}";

    private static string Counted(long amount, string noun) => $"{amount} {noun}{(amount == 1 ? "" : "s")}";

    private static Option<string[]> Ids(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };
}
