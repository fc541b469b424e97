using Slipway.Kernel;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Tests.Versions;

/// <summary>A search for the versions of a run goes from model to model, and finds what a sort of all of them finds.</summary>
public sealed class VersionsOfRunTests
{
    private const string Run = "a run of elsewhere";

    [Theory, EachDatabase]
    public async Task Pages_of_a_runs_versions_are_those_of_a_sorted_list(string database)
    {
        await using var shelf = await Shelf.Open(database);
        var random = new Random(7);
        foreach (var name in (string[])["d", "a", "c", "b", "e"]) { await shelf.CreateModel(name); }

        for (var i = 0; i < 40; i++)
        {
            var name = "abcd"[random.Next(4)].ToString();
            var number = await shelf.Register(name, "s3://b/" + name, random.Next(4) == 0 ? "another" : Run);
            if (random.Next(5) == 0) { await shelf.Done("DELETE", "model-versions/delete", new { name, version = $"{number}" }); }
            else if (random.Next(2) == 0) { await shelf.Done("POST", "model-versions/set-tag", new { name, version = $"{number}", key = "team", value = "red" }); }
        }

        foreach (var filter in (string[])[$"run_id = '{Run}'", $"run_id = '{Run}' AND name = 'c'", $"run_id = '{Run}' AND tags.team = 'red'", $"run_id = '{Run}' AND (version_number > 4 OR name != 'a')", $"run_id = '{Run}' AND run_id = 'another'", "run_id = 'nobody'"])
        {
            var sorted = await Pages(shelf, filter, "&order_by=name%20ASC", 1_000);
            foreach (var size in (int[])[1, 3, 7, 1_000]) { Assert.Equal(sorted, await Pages(shelf, filter, "", size)); }

            Assert.Equal(!filter.Contains("another", StringComparison.Ordinal) && !filter.Contains("nobody", StringComparison.Ordinal), sorted.Count > 0);
        }
    }

    [Theory, EachDatabase]
    public async Task A_run_of_very_many_models_is_found_in_all_of_them(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.Server.Db.Write(
            tx => tx.ExecuteRows(
                [.. Enumerable.Range(0, VersionStore.ModelsAtOnce + 20)], i => $"({Id(i)}, 'default', {Model(i)}, 0, 1, 1, '', '')",
                rows => $"INSERT INTO registry_models (model_id, workspace, name, last_version, created_ms, updated_ms, created_by, created_by_name) VALUES {rows}"), default);
        for (var i = 0; i < VersionStore.ModelsAtOnce; i++) { await shelf.Register(Model(i), run: Run); }

        var few = await Pages(shelf, $"run_id = '{Run}'", "", 30);
        for (var i = 0; i < 20; i++) { await shelf.Register(Model(VersionStore.ModelsAtOnce + i), run: Run); }

        var many = await Pages(shelf, $"run_id = '{Run}'", "", 30);

        Assert.Equal([.. Enumerable.Range(0, VersionStore.ModelsAtOnce).Select(i => Model(i) + "/1")], few);
        Assert.Equal([.. Enumerable.Range(0, VersionStore.ModelsAtOnce + 20).Select(i => Model(i) + "/1")], many);
    }

    [Theory, EachDatabase]
    public async Task An_upgrade_orders_the_versions_of_each_run(string database)
    {
        await using var shelf = await Shelf.Open(database);
        await shelf.CreateModel("m");
        foreach (var run in (string[])[Run, "another", Run]) { await shelf.Register("m", run: run); }

        await shelf.Server.Db.Write(
            tx =>
            {
                tx.Execute($"DROP INDEX registry_versions_run");
                tx.Execute($"CREATE INDEX registry_versions_run ON registry_versions (workspace, run_id)");
                tx.Execute($"DELETE FROM kernel_schema WHERE module = 'Registry' AND number = 5");
            },
            default);

        await TestDatabase.Upgrade(shelf.Server.Db);

        Assert.Equal(["m/3", "m/1"], await Pages(shelf, $"run_id = '{Run}'", "", 1));
        var index = Assert.Single(await shelf.Texts(database == TestDatabase.Postgres
            ? "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'registry_versions_run'"
            : "SELECT sql FROM sqlite_master WHERE name = 'registry_versions_run'"));
        Assert.Contains("(workspace, run_id, model_id, version)", index, StringComparison.Ordinal);
    }

    private static string Model(int i) => $"m-{i:000}";

    // In another order than the names.
    private static string Id(int i) => $"id-{i % 10}-{i}";

    private static async Task<List<string>> Pages(Shelf shelf, string filter, string more, int size)
    {
        var (all, token) = (new List<string>(), "");
        do
        {
            var page = await shelf.Done("GET", $"model-versions/search?filter={Uri.EscapeDataString(filter)}{more}&max_results={size}&page_token={Uri.EscapeDataString(token)}");
            all.AddRange((page["model_versions"]?.AsArray() ?? []).Select(version => $"{version!["name"]}/{version["version"]}"));
            token = (string?)page["next_page_token"] ?? "";
        }
        while (token.Length > 0);
        return all;
    }
}
