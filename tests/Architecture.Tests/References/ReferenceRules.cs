namespace Slipway.Architecture.Tests;

/// <summary>Who may refer to whom (rules 1 to 3). Each method returns what breaks its rule, in words.</summary>
internal static class ReferenceRules
{
    private static readonly string[] OfEveryModule = ["Kernel", "Contracts"];

    /// <summary>Contracts refers to nothing, the client to Contracts alone, the command line to these two: neither carries anything of the server.</summary>
    public static IEnumerable<string> Contracts(IReadOnlyList<Project> projects) =>
        from project in projects
        where project.Name is "Contracts" or "Client" or "Cli"
        from reference in project.References
        where project.Name == "Contracts" || (reference != "Contracts" && (project.Name, reference) != ("Cli", "Client"))
        select $"{project.Path} refers to {reference}";

    /// <summary>Only the server knows modules; with it the tests and measurements, which start it.</summary>
    public static IEnumerable<string> OnlyServerKnowsModules(IReadOnlyList<Project> projects) =>
        from project in projects
        where project.Path.StartsWith("src/", StringComparison.Ordinal) && project.Name != "Server" && !project.IsTest
        from reference in project.References
        where reference == "Server" || projects.Any(other => other.IsModule && other.Name == reference)
        select $"{project.Path} refers to {reference}";

    /// <summary>A module refers to Kernel, Contracts, and what the table of edges allows.</summary>
    public static IEnumerable<string> Modules(IReadOnlyList<Project> projects, IReadOnlyList<(string From, string To)> allowed) =>
        from project in projects
        where project.IsModule
        from reference in project.References.Except(OfEveryModule)
        where !allowed.Contains((project.Name, reference))
        select $"{project.Path} refers to {reference}; the table in Edges.cs has no such edge";

    /// <summary>The table itself: calls go to earlier modules, and an edge that nobody uses is taken out.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<Project> projects, IReadOnlyList<(string From, string To)> allowed, IReadOnlyList<string> order)
    {
        var place = order.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => entry.index);
        return projects.Where(project => project.IsModule && !place.ContainsKey(project.Name)).Select(project => $"{project.Name} has no place in the order")
            .Concat(allowed.Where(edge => place.GetValueOrDefault(edge.To, int.MaxValue) >= place.GetValueOrDefault(edge.From, -1))
                .Select(edge => $"{edge.From} → {edge.To} leads to a later module"))
            .Concat(allowed.Where(edge => !projects.Any(project => project.Name == edge.From && project.References.Contains(edge.To)))
                .Select(edge => $"{edge.From} → {edge.To} is used by nobody"));
    }
}
