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

    [Fact]
    public void Roles_on_the_wire_are_the_levels_of_grants() => Assert.Equal(Enum.GetNames<Level>(), Enum.GetNames<Role>());
}
