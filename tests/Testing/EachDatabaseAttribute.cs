using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Slipway.Testing;

/// <summary>Runs a theory with <c>"sqlite"</c> and <c>"postgres"</c>; the latter where <c>TEST_POSTGRES</c> names a server, skipped by name elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(TestDatabase.Sqlite), new TheoryDataRow(TestDatabase.Postgres) { Skip = TestDatabase.PostgresServer is null ? "TEST_POSTGRES names no server" : null }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
