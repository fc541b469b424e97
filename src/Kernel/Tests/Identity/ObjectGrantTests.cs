namespace Slipway.Kernel.Tests.Identity;

/// <summary>Grants on single objects, as pure rules.</summary>
public sealed class ObjectGrantTests
{
    private static readonly Permission Read = new("x.read", "", Permission.Everyone) { On = ObjectRef.Experiment };
    private static readonly Permission Write = new("x.write", "", Permission.Writers) { On = ObjectRef.Experiment };
    private static readonly Permission Delete = new("x.delete", "", Permission.Writers) { On = ObjectRef.Experiment, OnObject = Permission.Admins };
    private static readonly Permission Wide = new("x.wide", "", Permission.Writers);
    private static readonly Problem Absent = new(404, "not_found", "absent");

    [Theory]
    [InlineData("server", "workspace/risk/experiment/1", true)]
    [InlineData("workspace/*", "workspace/risk/experiment/1", true)]
    [InlineData("workspace/risk", "workspace/risk/experiment/1", true)]
    [InlineData("workspace/ris", "workspace/risk/experiment/1", false)]
    [InlineData("workspace/risk/experiment/1", "workspace/risk", false)]
    [InlineData("workspace/risk/experiment/1", "workspace/risk/experiment/12", false)]
    [InlineData("workspace/risk/experiment/1", "workspace/risk/experiment/1", true)]
    public void A_grant_covers_what_lies_below_its_resource(string held, string resource, bool covers) => Assert.Equal(covers, new Grant(held, Level.Viewer).Covers(resource));

    [Theory]
    [InlineData(null, null, "Read", false, true)]
    [InlineData(Level.Viewer, null, "Read", true, false)]
    [InlineData(Level.Viewer, null, "Write", false, false)]
    [InlineData(Level.Viewer, Level.Contributor, "Write", true, false)]
    [InlineData(Level.Viewer, Level.Contributor, "Delete", false, false)]
    [InlineData(Level.Viewer, Level.Admin, "Delete", true, false)]
    [InlineData(Level.Contributor, null, "Delete", true, false)]
    [InlineData(Level.Contributor, Level.Contributor, "Delete", false, false)]
    [InlineData(Level.Contributor, Level.Viewer, "Write", false, false)]
    [InlineData(Level.Contributor, Level.Member, "Read", true, false)]
    [InlineData(Level.Contributor, Level.None, "Read", false, true)]
    [InlineData(Level.Admin, Level.None, "Delete", true, false)]
    [InlineData(Level.Auditor, Level.None, "Read", true, false)]
    [InlineData(Level.Auditor, Level.None, "Write", false, false)]
    [InlineData(null, Level.Viewer, "Read", true, false)]
    [InlineData(null, Level.None, "Read", false, true)]
    public void The_most_specific_grant_decides_except_for_overseers(Level? wide, Level? own, string asked, bool may, bool hidden)
    {
        var caller = Caller(wide, own);
        var permission = asked switch { "Read" => Read, "Write" => Write, _ => Delete };

        Assert.Equal(may, caller.May(permission, 1));
        if (!may) { Assert.Equal((hidden, hidden ? 404 : 403), (caller.Refusal(permission, "1", Absent).Hidden, caller.Refusal(permission, "1", Absent).Status)); }
    }

    [Fact]
    public void A_grant_on_one_object_opens_the_door_for_permissions_on_its_kind_alone()
    {
        var caller = Caller(null, Level.Contributor);

        Assert.Null(caller.Lacks(Write));
        Assert.NotNull(caller.Lacks(Wide));
        Assert.NotNull(caller.Lacks(Write with { On = ObjectRef.Model }));
        Assert.NotNull((caller with { Workspace = "retail" }).Lacks(Write));
        Assert.NotNull((caller with { Cap = Level.Viewer }).Lacks(Write));
        Assert.True(caller.SeesWorkspace("risk"));
        Assert.False(Caller(null, Level.None).SeesWorkspace("risk"));
    }

    [Fact]
    public void Changed_grants_are_those_that_count()
    {
        var caller = Caller(Level.Contributor, Level.None);

        Assert.Single(caller.Grants);
        Assert.True((caller with { Grants = [new Grant("workspace/risk", Level.Contributor)] }).May(Read, 1));
        Assert.False((caller with { Grants = [.. caller.Grants, .. caller.ObjectGrantsIn("risk")] }).May(Read, 1));
    }

    /// <summary>What a list shows is what a look at each object would show; 2,000 random sets of grants.</summary>
    [Fact]
    public void A_list_shows_what_may_be_seen_one_by_one()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 2_000; round++)
        {
            var grants = new List<Grant>();
            for (var i = random.Next(4); i > 0; i--) { grants.Add(new Grant(Pick(random, "server", "workspace/*", "workspace/risk", "workspace/retail"), Pick(random, Enum.GetValues<Level>()[..7]))); }

            for (var i = random.Next(6); i > 0; i--) { grants.Add(new Grant($"workspace/{Pick(random, "risk", "retail")}/{Pick(random, "experiment", "model")}/{random.Next(4)}", Pick(random, Enum.GetValues<Level>()))); }

            var caller = new Caller("1", "ann", PrincipalKind.Person, grants) { Workspace = "risk", Cap = random.Next(4) == 0 ? Pick(random, Enum.GetValues<Level>()[..7]) : null };
            foreach (var permission in new[] { Read, Write, Delete })
            {
                var scope = caller.Reach(permission);
                for (long id = 0; id < 4; id++)
                {
                    Assert.Equal(caller.May(permission, id), scope.Includes(id));
                    // Whoever may do something with an object gets through the door.
                    Assert.True(!caller.May(permission, id) || caller.Lacks(permission) is null);
                }
            }
        }
    }

    [Theory]
    [InlineData(Level.Viewer, null, "1", true)]
    [InlineData(Level.Viewer, Level.None, "1", false)]
    [InlineData(Level.Viewer, Level.None, "2", true)]
    [InlineData(Level.Admin, Level.None, "1", true)]
    [InlineData(null, Level.Viewer, "1", true)]
    [InlineData(null, Level.Viewer, "2", false)]
    public void Hints_of_changes_go_to_those_who_may_see_the_object(Level? wide, Level? own, string experiment, bool hears) =>
        Assert.Equal(hears, Caller(wide, own).MayHearOf("risk", "0192run", experiment));

    private static Caller Caller(Level? wide, Level? own) => new(
        "1", "ann", PrincipalKind.Person,
        [.. wide is { } level ? [new Grant("workspace/risk", level)] : Array.Empty<Grant>(), .. own is { } on ? [new Grant("workspace/risk/experiment/1", on)] : Array.Empty<Grant>()]) { Workspace = "risk" };

    private static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];
}
