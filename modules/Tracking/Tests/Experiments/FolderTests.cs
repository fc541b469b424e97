using Slipway.Identity.Contracts;
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
        Assert.Equal(400, (await room.Get("/api/v1/w/default/experiments/folders?path=" + new string('a', 501))).Status);
    }
}
