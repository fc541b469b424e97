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

    private static IEnumerable<string> Faults(string module, IEnumerable<string> exported) => exported
        .Where(type => type != $"Slipway.{module}.{module}Module" && !type.StartsWith($"Slipway.{module}.Ports.", StringComparison.Ordinal))
        .Select(type => $"{module} exports {type}");
}
