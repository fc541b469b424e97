using System.Reflection;

namespace Slipway.Architecture.Tests;

public sealed class ReferenceTests
{
    private static readonly IReadOnlyList<Project> Projects = Project.All();

    private static readonly IReadOnlyList<Project> Broken =
    [
        new("src/Contracts/Contracts.csproj", ["Kernel"]),
        new("src/Cli/Cli.csproj", ["Contracts", "Client", "Kernel"]),
        new("src/Kernel/Kernel.csproj", ["Contracts", "Tracking"]),
        new("modules/Tracking/Tracking.csproj", ["Identity", "Registry"]),
        new("modules/Registry/Registry.csproj", []),
        new("modules/Identity/Identity.csproj", []),
        new("modules/Attic/Attic.csproj", []),
    ];

    [Fact]
    public void Contracts_refer_to_nothing_and_client_and_cli_to_no_part_of_the_server() => Rule.Holds(ReferenceRules.Contracts(Projects));

    [Fact]
    public void Only_the_server_refers_to_modules() => Rule.Holds(ReferenceRules.OnlyServerKnowsModules(Projects));

    [Fact]
    public void A_module_refers_to_others_along_the_table_of_edges_only() => Rule.Holds(ReferenceRules.Modules(Projects, [.. Edges.Allowed, .. Edges.Engines]));

    [Fact]
    public void Every_edge_leads_to_an_earlier_module_and_is_used() => Rule.Holds(ReferenceRules.Table(Projects, Edges.Allowed, Edges.Order));

    [Fact]
    public void An_engine_refers_to_nothing_of_ours_and_is_used_by_those_in_its_table()
    {
        Rule.Holds(from engine in Edges.Engines
                   from reference in Projects.Single(project => project.Path == $"src/{engine.To}/{engine.To}.csproj").References
                   select $"{engine.To} refers to {reference}");
        Rule.Holds(from engine in Edges.Engines
                   where !Projects.Any(project => project.Name == engine.From && project.References.Contains(engine.To))
                   select $"{engine.From} → {engine.To} is used by nobody");
    }

    [Fact]
    public void What_the_built_modules_call_is_what_their_projects_say()
    {
        var calls = from module in Repository.Modules
                    from called in Assembly.Load($"Slipway.{module}").GetReferencedAssemblies()
                    let name = called.Name ?? ""
                    where name.StartsWith("Slipway.", StringComparison.Ordinal) && name is not ("Slipway.Kernel" or "Slipway.Contracts")
                    where !Edges.Allowed.Concat(Edges.Engines).Contains((module, name["Slipway.".Length..]))
                    select $"{module} calls {name}";

        Rule.Holds(calls);
    }

    [Fact]
    public void The_server_refers_to_every_module() =>
        Rule.Holds(Repository.Modules.Except(Projects.Single(project => project.Path == "src/Server/Server.csproj").References));

    [Fact]
    public void The_rules_find_what_is_wrong()
    {
        Assert.Equal(
            ["src/Contracts/Contracts.csproj refers to Kernel", "src/Cli/Cli.csproj refers to Kernel"], ReferenceRules.Contracts(Broken));
        Assert.Equal(["src/Kernel/Kernel.csproj refers to Tracking"], ReferenceRules.OnlyServerKnowsModules(Broken));
        Assert.Single(ReferenceRules.Modules(Broken, [("Tracking", "Identity")]), fault => fault.Contains("refers to Registry", StringComparison.Ordinal));
        Assert.Equal(
            ["Attic has no place in the order", "Tracking → Registry leads to a later module", "Registry → Identity is used by nobody"],
            ReferenceRules.Table(Broken, [("Tracking", "Registry"), ("Registry", "Identity")], Edges.Order));
    }
}
