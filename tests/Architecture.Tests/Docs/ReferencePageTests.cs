using System.Text;
using Slipway.Kernel;
using Slipway.Server;

namespace Slipway.Architecture.Tests;

/// <summary>Rule 7: the pages under <c>docs/reference/</c> are written from the running application, so that no route and no permission is missing in them.</summary>
public sealed class ReferencePageTests
{
    [Fact, Trait("golden", "yes")]
    public async Task Every_route_is_listed_with_who_may_call_it()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);

        Golden.Matches("docs/reference/routes.md", Routes(Endpoint.Of(server.Services)));
    }

    [Fact, Trait("golden", "yes")]
    public async Task Every_permission_is_listed_with_the_levels_that_give_it()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var permissions = ServerApp.Modules.SelectMany(module => module.Permissions).Concat(Endpoint.Permissions(server.Services)).DistinctBy(permission => permission.Name);

        Golden.Matches("docs/reference/permissions.md", Permissions(permissions));
    }

    [Fact]
    public async Task A_module_declares_every_permission_that_its_routes_ask_for()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);
        var asked = Endpoint.Permissions(server.Services).Select(permission => permission.Name);
        var undeclared = from module in ServerApp.Modules
                         from name in asked.Except(module.Permissions.Select(permission => permission.Name))
                         where name.StartsWith(module.Name.ToLowerInvariant() + ".", StringComparison.Ordinal)
                         select name;

        Rule.Holds(undeclared);
    }

    [Fact]
    public async Task No_route_is_without_a_rule_of_who_may_call_it()
    {
        await using var server = await TestServer.Start(TestDatabase.Sqlite);

        Assert.DoesNotContain(Endpoint.Of(server.Services), endpoint => endpoint.WhoMay == "nobody");
    }

    [Fact]
    public void Every_audited_action_is_in_the_docs_of_the_audit_log()
    {
        var page = Repository.Read("docs/audit.md");

        Assert.All(ServerApp.Modules.SelectMany(module => module.AuditActions).Concat(AuditActions.All), action => Assert.Contains($"`{action.Name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_that_lacks_a_route_is_found()
    {
        var page = Routes([new Endpoint("GET", "/api/v1/a", "signed in")]);

        Assert.Equal("docs/reference/routes.md is stale; run ./slipway refresh", Golden.Fault("docs/reference/routes.md", page, Routes([])));
        Assert.Null(Golden.Fault("docs/reference/routes.md", page, page));
    }

    private static string Routes(IEnumerable<Endpoint> endpoints)
    {
        var page = new StringBuilder(
            """
            # Routes

            Written by `./slipway refresh` from the running server. What a native route takes and gives is in [openapi.json](../openapi.json).

            | method | path | who may call it |
            |---|---|---|

            """);
        foreach (var endpoint in endpoints) { page.Append($"| {endpoint.Method} | `{endpoint.Path}` | {endpoint.WhoMay} |\n"); }

        return page.ToString();
    }

    private static string Permissions(IEnumerable<Permission> permissions)
    {
        var page = new StringBuilder(
            """
            # Permissions

            Written by `./slipway refresh` from the running server. A grant gives a level on a resource (`server`, `workspace/*` or `workspace/NAME`);
            a level gives these permissions. A permission of the whole server needs a grant on `server`.

            | permission | allows to | where | levels |
            |---|---|---|---|

            """);
        foreach (var permission in permissions.OrderBy(permission => permission.Name, StringComparer.Ordinal))
        {
            page.Append($"| `{permission.Name}` | {permission.Meaning} | {(permission.ServerWide ? "server" : "workspace")} | {string.Join(", ", permission.Levels).ToLowerInvariant()} |\n");
        }

        return page.ToString();
    }
}
