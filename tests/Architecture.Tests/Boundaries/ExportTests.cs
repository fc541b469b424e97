using System.Reflection;

namespace Slipway.Architecture.Tests;

/// <summary>Rule 4: a module exports its index and its ports; everything else is internal, so that a wrong call does not compile.</summary>
public sealed class ExportTests
{
    [Fact]
    public void A_module_exports_its_index_and_its_ports_only() =>
        Rule.Holds(Repository.Modules.SelectMany(module => Faults(module, Built(module).GetExportedTypes().Select(type => type.FullName!))));

    [Fact]
    public void Every_module_exports_its_index() =>
        Assert.All(Repository.Modules, module => Assert.NotNull(Built(module).GetType($"Slipway.{module}.{module}Module")));

    [Fact]
    public void Wire_records_are_compiled_into_Contracts_and_into_nothing_else()
    {
        var elsewhere = Repository.Modules.Append("Kernel")
            .SelectMany(name => Built(name).GetTypes())
            .Where(type => type.Namespace?.EndsWith(".Contracts", StringComparison.Ordinal) == true);

        Rule.Holds(elsewhere.Select(type => type.FullName!));
    }

    // The document of the API knows a record by its simple name alone and would make one schema of two.
    [Fact]
    public void No_two_wire_records_have_the_same_name() => Rule.Holds(Twice(Built("Contracts").GetExportedTypes().Select(type => (type.Namespace!, type.Name))));

    [Fact]
    public void Two_wire_records_of_one_name_are_found() => Assert.Equal(
        ["RowView is in Slipway.Serving.Contracts and Slipway.Tracking.Contracts"],
        Twice([("Slipway.Tracking.Contracts", "RowView"), ("Slipway.Tracking.Contracts", "RunView"), ("Slipway.Serving.Contracts", "RowView")]));

    [Fact]
    public void Another_public_type_is_found()
    {
        Assert.Equal(
            ["Tracking exports Slipway.Tracking.Runs.RunStore"],
            Faults("Tracking", ["Slipway.Tracking.TrackingModule", "Slipway.Tracking.Ports.IRuns", "Slipway.Tracking.Ports.IRuns+Row", "Slipway.Tracking.Runs.RunStore"]));

        // The kernel read as a module: a real assembly whose public types are in no Ports.
        Assert.Contains("Kernel exports Slipway.Kernel.Problem", Faults("Kernel", Built("Kernel").GetExportedTypes().Select(type => type.FullName!)));
    }

    private static Assembly Built(string name) => Assembly.Load($"Slipway.{name}");

    private static IEnumerable<string> Twice(IEnumerable<(string Namespace, string Name)> records) => records
        .GroupBy(record => record.Name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => $"{group.Key} is in {string.Join(" and ", group.Select(record => record.Namespace).Order(StringComparer.Ordinal))}");

    private static IEnumerable<string> Faults(string module, IEnumerable<string> exported) => exported
        .Where(type => type != $"Slipway.{module}.{module}Module" && !type.StartsWith($"Slipway.{module}.Ports.", StringComparison.Ordinal))
        .Select(type => $"{module} exports {type}");
}
