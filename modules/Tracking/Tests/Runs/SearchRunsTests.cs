using System.Text.Json.Nodes;
using Slipway.Identity.Contracts;
using Slipway.Kernel.Search;

namespace Slipway.Tracking.Tests.Runs;

public sealed class SearchRunsTests
{
    // r0 … r9: metric acc = i / 10 (NaN on 3, none on 5), param lr = i % 3, tag grp = even or odd, start = 100 - i; r9 is deleted.
    [Theory, EachDatabase]
    public async Task Filters_and_orders_find_what_they_say(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await Fill(room);
        (string Filter, string Order, string Found)[] table =
        [
            ("", "", "9876543210"), ("", "start_time ASC", "9876543210"), ("", "start_time DESC", "0123456789"), ("", "metrics.acc ASC", "0124678935"), ("", "metrics.acc DESC", "9876421035"),
            ("", "metrics.nobody DESC", "0123456789"), ("", "params.lr DESC, run_name DESC", "8527419630"), ("", "tags.grp ASC, run_name ASC", "0246813579"), ("", "run_name DESC", "9876543210"),
            ("", "status ASC, run_name ASC", "0123456789"), ("", "end_time DESC, run_name ASC", "1023456789"), ("", "tags.none ASC, run_name ASC", "0123456789"),
            ("metrics.acc > 0.6", "run_name", "789"), ("metrics.acc != 0.1", "run_name", "02346789"), ("metrics.acc <= 0", "run_name", "0"), ("metrics.none > 0", "", ""),
            ("params.lr = '1'", "run_name", "147"), ("params.lr = '1' AND tags.grp = 'odd'", "run_name", "17"), ("params.lr != '1'", "run_name", "0235689"),
            ("tags.grp LIKE 'EV%'", "", ""), ("tags.grp ILIKE 'EV%'", "run_name", "02468"), ("tags.grp LIKE '%d_'", "run_name", "13579"), ("tags.grp LIKE 'd_'", "", ""), ("tags.grp LIKE '_dd'", "run_name", "13579"),
            ("params.path LIKE '%[x]*%'", "run_name", "0"), ("params.path LIKE 'C:\\%'", "run_name", "0"), ("params.path = 'C:\\[x]*?'", "run_name", "0"),
            ("params.path IS NULL AND metrics.acc >= 0.8", "run_name", "89"), ("params.path IS NOT NULL", "run_name", "0"), ("status = 'FINISHED'", "run_name", "01"),
            ("status != 'FINISHED' AND start_time > 95", "run_name", "234"), ("status LIKE 'FIN%'", "run_name", "01"), ("run_name = 'r4'", "", "4"), ("run_name ILIKE 'R4'", "", "4"),
            ("end_time >= 1000", "run_name", "01"), ("artifact_uri LIKE '%/artifacts' AND user_id = 'ann'", "run_name", "0123456789"), ("dataset.name = 'd'", "", ""),
            ("metrics.acc > 0.1 AND metrics.acc < 0.7", "metrics.acc DESC", "642"), ("params.long = '" + new string('x', 5_999) + "y'", "", "2"),
        ];

        var faults = new List<string>();
        foreach (var (filter, order, expected) in table)
        {
            var names = await room.Search(new { experiment_ids = new[] { experiment }, filter, order_by = order.Split(", ", StringSplitOptions.RemoveEmptyEntries), run_view_type = "ALL" });
            var found = string.Concat(names.Select(name => name[1..]));
            var wanted = order.Length == 0 && filter.Length == 0 ? "0123456789" : expected;
            if (found != wanted) { faults.Add($"'{filter}' by '{order}': wanted {wanted}, found {found}"); }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory, EachDatabase]
    public async Task Pages_join_to_the_whole_in_every_order(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await Fill(room);
        string[] orders = ["", "metrics.acc ASC", "metrics.acc DESC", "params.path ASC", "tags.grp DESC", "run_name ASC", "end_time ASC"];
        string[] filters = ["", "params.lr = '1'", "metrics.acc > 0.2"];

        foreach (var (order, filter) in orders.SelectMany(order => filters.Select(filter => (order, filter))))
        {
            var whole = await room.Search(Asked(experiment, filter, order, 100, ""));
            var (pages, token) = (new List<string>(), "");
            do
            {
                var page = await room.Done("runs/search", Asked(experiment, filter, order, 2, token));
                pages.AddRange(page["runs"]!.AsArray().Select(run => (string)run!["info"]!["run_name"]!));
                token = (string?)page["next_page_token"] ?? "";
            }
            while (token.Length > 0);

            Assert.Equal(whole, pages);
        }
    }

    [Theory, EachDatabase]
    public async Task What_comes_and_goes_between_two_pages_neither_repeats_nor_hides_another_run(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("moving");
        var ids = new List<string>();
        for (var i = 0; i < 6; i++) { ids.Add(await room.CreateRun(experiment, $"r{i}", start: 100 - i)); }

        foreach (var order in (string[])["", "metrics.nobody DESC", "run_name ASC"])
        {
            var first = await room.Done("runs/search", Asked(experiment, "", order, 3, ""));
            var token = (string)first["next_page_token"]!;
            var newer = await room.CreateRun(experiment, "a newer one", start: 200);
            await room.Done("runs/delete", new { run_id = ids[1] });
            await room.Done("runs/delete", new { run_id = ids[2] });

            Assert.Equal(["r3", "r4", "r5"], await room.Search(Asked(experiment, "", order, 3, token)));
            await room.Done("runs/delete", new { run_id = newer });
            foreach (var id in ids[1..3]) { await room.Done("runs/restore", new { run_id = id }); }
        }

        var stale = new PageToken(0, new string('0', 32)).ToString();
        var (status, text) = await room.Post("runs/search", Asked(experiment, "", "", 3, stale));
        Assert.True(status == 400 && text.Contains("begin with the first page", StringComparison.Ordinal), text);
    }

    [Theory, EachDatabase]
    public async Task A_deleted_run_shows_only_where_it_is_asked_for(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await Fill(room);

        Assert.Equal(9, (await room.Search(new { experiment_ids = new[] { experiment } })).Length);
        Assert.Equal(["r9"], await room.Search(new { experiment_ids = new[] { experiment }, run_view_type = "DELETED_ONLY" }));
        Assert.Equal(["r9"], await room.Search(new { experiment_ids = new[] { experiment, "0" }, run_view_type = "DELETED_ONLY", order_by = new[] { "metrics.acc ASC" } }));
    }

    [Theory, EachDatabase]
    public async Task Many_runs_are_walked_and_few_matches_are_collected_with_the_same_result(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await room.CreateExperiment("many");
        await BulkRuns.Add(room.Server.Db, long.Parse(experiment, null), 5_000);

        var walked = await room.Search(new { experiment_ids = new[] { experiment }, filter = "metrics.acc > 0.2", order_by = new[] { "metrics.acc DESC" }, max_results = 5 });
        var collected = await room.Search(new { experiment_ids = new[] { experiment }, filter = "metrics.acc > 0.2 AND params.rare = 'yes'", order_by = new[] { "metrics.acc DESC" }, max_results = 5 });
        var newest = await room.Search(new { experiment_ids = new[] { experiment }, max_results = 3 });

        Assert.Equal(["r4999", "r4998", "r4997", "r4996", "r4995"], walked);
        Assert.Equal(["r4900", "r4800", "r4700", "r4600", "r4500"], collected);
        Assert.Equal(["r4999", "r4998", "r4997"], newest);
    }

    [Theory, EachDatabase]
    public async Task The_table_of_the_UI_gets_columns_sort_and_cursor(string database)
    {
        await using var room = await Room.Open(database);
        var experiment = await Fill(room);

        var first = await room.Runs($"experiment={experiment}&sort=metrics.acc DESC,run_name&limit=4&filter={Uri.EscapeDataString("tags.grp = 'odd'")}");
        var second = await room.Runs($"experiment={experiment}&sort=metrics.acc DESC,run_name&limit=4&filter={Uri.EscapeDataString("tags.grp = 'odd'")}&view=all&cursor={Uri.EscapeDataString(first.Next ?? "")}");

        Assert.Equal(["r7", "r1", "r3", "r5"], first.Items.Select(run => run.Name));
        Assert.Null(first.Items[2].Metrics["acc"]);
        Assert.Equal(["acc"], first.Columns.Metrics);
        Assert.Equal(["long", "lr"], first.Columns.Params);
        Assert.Equal(["grp", "mlflow.runName"], first.Columns.Tags);
        Assert.Null(first.Next);
        Assert.Equal(4, second.Items.Count);
        foreach (var wrong in (string[])["experiment=abc", $"experiment={experiment}&limit=0", $"experiment={experiment}&limit=1001", $"experiment={experiment}&filter=nonsense", $"experiment={experiment}&sort=nope.x", $"experiment={experiment}&cursor=abc", $"experiment={experiment}&view=nope"])
        {
            Assert.Equal(400, (await room.Get("/api/v1/w/default/runs?" + wrong)).Status);
        }
    }

    [Theory, EachDatabase]
    public async Task Without_an_experiment_the_table_has_the_runs_of_the_whole_workspace_and_of_no_other(string database)
    {
        await using var room = await Room.Open(database);
        var (first, second) = (await room.CreateExperiment("first"), await room.CreateExperiment("second"));
        for (var i = 0; i < 3; i++) { await room.CreateRun(i == 1 ? second : first, $"r{i}", start: 10 + i); }

        var elsewhere = await room.Program(Role.Contributor, "risk");
        await room.Post("runs/create", new { experiment_id = (string)JsonNode.Parse((await room.Post("experiments/create", new { name = "theirs" }, elsewhere)).Body)!["experiment_id"]!, run_name = "theirs", start_time = 99 }, elsewhere);

        var newest = await room.Runs("limit=2");
        var rest = await room.Runs($"limit=2&cursor={Uri.EscapeDataString(newest.Next!)}");
        var named = await room.Runs($"sort=run_name ASC&filter={Uri.EscapeDataString("status = 'RUNNING'")}");

        Assert.Equal(["r2", "r1"], newest.Items.Select(run => run.Name));
        Assert.Equal(["r0"], rest.Items.Select(run => run.Name));
        Assert.Null(rest.Next);
        Assert.Equal(["r0", "r1", "r2"], named.Items.Select(run => run.Name));
    }

    private static object Asked(string experiment, string filter, string order, int limit, string token) => new
    {
        experiment_ids = new[] { experiment }, filter, order_by = order.Length == 0 ? [] : new[] { order }, max_results = limit, page_token = token,
    };

    private static async Task<string> Fill(Room room)
    {
        var experiment = await room.CreateExperiment("searched");
        for (var i = 0; i < 10; i++)
        {
            var made = await room.Done("runs/create", new { experiment_id = experiment, run_name = $"r{i}", start_time = 100 - i, user_id = "ann" });
            var run = (string)made["run"]!["info"]!["run_id"]!;
            var parameters = new JsonArray(new JsonObject { ["key"] = "lr", ["value"] = $"{i % 3}" });
            if (i == 0) { parameters.Add(new JsonObject { ["key"] = "path", ["value"] = "C:\\[x]*?" }); }

            if (i is 1 or 2) { parameters.Add(new JsonObject { ["key"] = "long", ["value"] = new string('x', 5_999) + (i == 1 ? "x" : "y") }); }

            JsonNode value = i == 3 ? "NaN" : i / 10.0;
            var metrics = i == 5 ? [] : new JsonArray(new JsonObject { ["key"] = "acc", ["value"] = value, ["timestamp"] = 1 });
            await room.Done("runs/log-batch", new { run_id = run, metrics, @params = parameters, tags = new[] { new { key = "grp", value = i % 2 == 0 ? "even" : "odd" } } });
            if (i < 2) { await room.Done("runs/update", new { run_id = run, status = "FINISHED", end_time = 1_000 + i }); }

            if (i == 9) { await room.Done("runs/delete", new { run_id = run }); }
        }

        return experiment;
    }
}
