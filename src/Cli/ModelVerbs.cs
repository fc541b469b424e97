using System.CommandLine;
using System.Globalization;
using Slipway.Client;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Cli;

/// <summary>Registered models: which there are, what is known of a version, what differs between two.</summary>
internal static class ModelVerbs
{
    public static Command Create() => new("model", "Lists registered models, shows a model or one of its versions, and compares two versions.") { List(), Detail(), Diff() };

    private static Command List() => new Command("list", "Lists the registered models.").InWorkspace(async (parsed, client, workspace, ct) =>
    {
        var models = await client.All<ModelView>($"{workspace}/models", ct);
        if (parsed.Json(models)) { return 0; }

        if (models.Count == 0) { Terminal.Line("No model is registered in this workspace."); }
        else
        {
            TextTable.Print(
                ["MODEL", "LATEST", "VERSIONS", "ALIASES", "UPDATED", "BY"],
                [.. models.Select(model => (IReadOnlyList<string?>)[model.Name, $"{model.LatestVersion}", Show.Count(model.Versions), Aliases(model.Aliases), Show.Time(model.UpdatedMs), model.By])],
                1, 2);
        }

        return 0;
    });

    private static Command Detail()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the model" };
        var version = new Argument<string?>("VERSION") { Description = "Number or alias of a version; without it, the model and its versions", Arity = ArgumentArity.ZeroOrOne };
        return new Command("show", "Shows a model with its versions, or everything that is known of one version.") { name, version }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var path = $"{workspace}/models/{Uri.EscapeDataString(parsed.GetValue(name)!)}";
            if (parsed.GetValue(version) is { } wanted)
            {
                var view = await client.Get<ModelVersionView>($"{path}/versions/{await Number(client, path, wanted, ct)}", ct);
                if (!parsed.Json(view)) { VersionText.Print(view); }

                return 0;
            }

            var model = await client.Get<ModelView>(path, ct);
            if (parsed.Json(model)) { return 0; }

            Terminal.Line($"{model.Name}: {Show.Plural(model.Versions, "version")}, made {Show.Time(model.CreatedMs)} by {model.By}");
            if (model.Description is { } description) { Terminal.Line(description); }

            Versions(await client.All<ModelVersionRow>($"{path}/versions", ct));
            return 0;
        });
    }

    private static Command Diff()
    {
        var name = new Argument<string>("NAME") { Description = "Name of the model" };
        var from = new Argument<string>("FROM") { Description = "Number or alias of the earlier version" };
        var to = new Argument<string>("TO") { Description = "Number or alias of the later version" };
        return new Command("diff", "Says what differs between two versions of a model.") { name, from, to }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var path = $"{workspace}/models/{Uri.EscapeDataString(parsed.GetValue(name)!)}";
            var (earlier, later) = (await Number(client, path, parsed.GetValue(from)!, ct), await Number(client, path, parsed.GetValue(to)!, ct));
            var diff = await client.Get<VersionDiff>($"{path}/diff?from={earlier}&to={later}", ct);
            if (parsed.Json(diff)) { return 0; }

            TextTable.Print(
                ["", "", $"VERSION {diff.From}", $"VERSION {diff.To}", "CHANGE"],
                [.. diff.Rows.Select(row => (IReadOnlyList<string?>)[row.Section, row.Field, Short(row.From), Short(row.To), row.Change is { } change ? change.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture) : null])],
                4);
            Terminal.Line($"{Show.Plural(diff.Rows.Count, "difference")}; {Show.Plural(diff.Same, "field")} are the same.");
            return 0;
        });
    }

    private static void Versions(List<ModelVersionRow> versions)
    {
        if (versions.Count == 0) { return; }

        TextTable.Print(
            ["VERSION", "ALIASES", "MADE", "BY", "MODEL", "SOURCE"],
            [.. versions.Select(row => (IReadOnlyList<string?>)[$"{row.Version}", string.Join(", ", row.Aliases), Show.Time(row.CreatedMs), row.By, Show.Digest(row.ModelDigest), row.Source])],
            0);
    }

    /// <summary>The number that is meant: as given, or what the alias stands for now.</summary>
    /// <param name="model">Path of the model.</param>
    public static async Task<long> Number(SlipwayClient client, string model, string given, CancellationToken ct)
    {
        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) { return number; }

        var aliases = (await client.Get<ModelView>(model, ct)).Aliases;
        return aliases.TryGetValue(given.TrimStart('@'), out var version)
            ? version
            : throw new SlipwayException($"'{given}' is no version and no alias of the model; its aliases are: {(aliases.Count == 0 ? "none" : Aliases(aliases))}.");
    }

    private static string Aliases(IReadOnlyDictionary<string, long> aliases) => string.Join(", ", aliases.Select(alias => $"{alias.Key} = {alias.Value}"));

    // Digests are told apart by their beginning; longer texts would break the table.
    private static string? Short(string? text) => text is null ? "-" : text.Length == 64 && text.All(char.IsAsciiHexDigitLower) ? text[..12] : text.Length > 60 ? text[..59] + "…" : text;
}
