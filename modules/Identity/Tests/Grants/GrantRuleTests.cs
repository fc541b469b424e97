using Slipway.Identity.Contracts;
using Slipway.Identity.Grants;
using Slipway.Kernel;

namespace Slipway.Identity.Tests.Grants;

public sealed class GrantRuleTests
{
    [Theory]
    [InlineData("server", Level.Admin, "server", true)]
    [InlineData("server", Level.Admin, "workspace/*", true)]
    [InlineData("server", Level.Admin, "workspace/risk", true)]
    [InlineData("workspace/*", Level.Admin, "server", false)]
    [InlineData("workspace/*", Level.Admin, "workspace/*", true)]
    [InlineData("workspace/*", Level.Admin, "workspace/risk", true)]
    [InlineData("workspace/risk", Level.Admin, "workspace/risk", true)]
    [InlineData("workspace/risk", Level.Admin, "workspace/*", false)]
    [InlineData("workspace/risk", Level.Admin, "workspace/risk2", false)]
    [InlineData("workspace/risk", Level.Admin, "server", false)]
    [InlineData("server", Level.Auditor, "workspace/risk", false)]
    [InlineData("workspace/risk", Level.Approver, "workspace/risk", false)]
    [InlineData("workspace/risk", Level.Contributor, "workspace/risk", false)]
    public void An_administrator_gives_roles_on_what_their_own_grant_covers(string held, Level level, string resource, bool may)
    {
        var caller = new Caller("1", "ann", PrincipalKind.Person, [new Grant(held, level)]);

        Assert.Equal(may, GrantRule.MayGive(caller, resource));
        Assert.False(GrantRule.MayGive(caller with { Cap = Level.Viewer }, resource));
    }

    [Theory]
    [InlineData("workspace/risk", Level.Member, true, true)]
    [InlineData("workspace/*", Level.Contributor, true, true)]
    [InlineData("server", Level.Admin, true, true)]
    [InlineData("workspace/risk", Level.Viewer, true, false)]
    [InlineData("workspace/risk", Level.Auditor, true, false)]
    [InlineData("workspace/risk2", Level.Admin, true, false)]
    [InlineData("workspace/risk/model/a", Level.Admin, true, false)]
    [InlineData("workspace/risk2", Level.Admin, false, true)]
    public void What_somebody_gave_themselves_on_an_object_counts_with_a_role_that_makes_such_things(string role, Level level, bool own, bool counts)
    {
        Grant on = new("workspace/risk/experiment/1", Level.Admin), kept = new("workspace/risk/experiment/2", Level.None), wide = new(role, level);

        Assert.Equal(counts ? [on, kept, wide] : [kept, wide], GrantRule.InForce([(on, own), (kept, true), (wide, false)], []));
        Assert.Equal(counts ? [on, kept, wide] : [kept, wide], GrantRule.InForce([(on, own), (kept, true)], [wide]));
    }

    [Fact]
    public void Roles_on_the_wire_are_the_levels_of_grants() => Assert.Equal(Enum.GetNames<Level>(), Enum.GetNames<Role>());
}
