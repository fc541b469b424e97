using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;
using Slipway.Tracking.Experiments;

namespace Slipway.Tracking.Tests.Experiments;

/// <summary>Names with slashes as folders.</summary>
public sealed class FolderTests
{
    [Theory]
    [InlineData("", "a b/c b/d", "b:2")]
    [InlineData("", "a a/b a/b/c a-b/c", "a:2+ a-b:1")]
    [InlineData("a", "a/b a/b/c a/b/d/e a/f", "a/b:2+")]
    [InlineData("", "/Users/ann/x /Users/bob/y /z", "/Users:2+")]
    [InlineData("/Users", "/Users/ann/x /Users/bob/y", "/Users/ann:1 /Users/bob:1")]
    [InlineData("", "a/ // / b/c/", "b:1")]
    [InlineData("", "", "")]
    public void Folders_are_what_stands_before_a_slash(string folder, string names, string folders)
    {
        var found = ListFolders.Of(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), folder);

        Assert.Equal(folders.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Select(one => $"{one.Path}:{one.Experiments}{(one.HasFolders ? "+" : "")}").Order(StringComparer.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task A_folder_lists_its_experiments_and_nobody_elses(string database)
    {
        await using var room = await Room.Open(database);
        foreach (var name in (string[])["team/one", "team/deep/two", "team_b/three", "teamwork", "loose"]) { await room.CreateExperiment(name); }

        await room.Done("experiments/delete", new { experiment_id = await room.CreateExperiment("team/gone") });
        using var stranger = await room.Program(Role.Admin, "risk");

        var top = await room.Native<Page<ExperimentFolder>>("experiments/folders");
        var inside = await room.Native<Page<ExperimentFolder>>("experiments/folders?path=team");
        var listed = await room.Native<Page<ExperimentView>>("experiments?folder=team&sort=name");

        Assert.Equal([new("team", "team", 2, true), new("team_b", "team_b", 1, false)], top.Items);
        Assert.Equal([new("team/deep", "deep", 1, false)], inside.Items);
        Assert.Equal(["team/deep/two", "team/one"], listed.Items.Select(one => one.Name));
        Assert.DoesNotContain("team", (await room.Get("/api/v1/w/risk/experiments/folders", stranger)).Body, StringComparison.Ordinal);
        foreach (var query in (string[])["path=" + new string('a', 501), "cursor=" + new string('a', 501), "limit=0", "limit=1001"])
        {
            Assert.Equal(400, (await room.Get("/api/v1/w/default/experiments/folders?" + query)).Status);
        }
    }

    [Theory, EachDatabase]
    public async Task Every_folder_is_there_and_every_experiment_counted_however_many_there_are(string database)
    {
        await using var room = await Room.Open(database);
        var names = Enumerable.Range(0, Limits.QueryRows + 1).Select(i => $"big/{i}").Concat(Enumerable.Range(0, 25).Select(i => $"many/{i}/x")).Concat(["huge", "last/deep/x", "\U0001F600/x"]);
        (long Id, string Name)[] rows = [.. names.Select((name, i) => (1_000_000L + i, name))];
        await room.Server.Db.Write(
            tx => tx.ExecuteRows(
                rows, row => $"({row.Id}, {"default"}, {row.Name}, {""}, {0}, {1}, {1})",
                values => $"INSERT INTO tracking_experiments (experiment_id, workspace, name, artifact_location, deleted, created_ms, updated_ms) VALUES {values}"), default);

        var top = await room.Native<Page<ExperimentFolder>>("experiments/folders");
        var (paged, cursor) = (new List<ExperimentFolder>(), "");
        do
        {
            var page = await room.Native<Page<ExperimentFolder>>("experiments/folders?path=many&limit=10" + cursor);
            paged.AddRange(page.Items);
            cursor = page.Next is null ? "" : "&cursor=" + Uri.EscapeDataString(page.Next);
        }
        while (cursor.Length > 0);

        Assert.Equal([new("big", "big", Limits.QueryRows + 1, false), new("last", "last", 1, true), new("many", "many", 25, true), new("\U0001F600", "\U0001F600", 1, false)], top.Items);
        Assert.Null(top.Next);
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"many/{i}").Order(StringComparer.Ordinal), paged.Select(folder => folder.Path));
    }
}
