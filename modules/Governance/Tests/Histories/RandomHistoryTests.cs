using Microsoft.Extensions.DependencyInjection;
using Slipway.Governance.Approvals;
using Slipway.Governance.Contracts;
using Slipway.Governance.Exceptions;
using Slipway.Governance.Inventory;
using Slipway.Governance.Policies;
using Slipway.Governance.Ports;
using Slipway.Identity.Contracts;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Tests.Histories;

/// <summary>
/// Random operations by several people, each history in a workspace of its own, against a reference model that knows nothing of digests, bound fields and rows: whether a version may be used is the
/// same after each step, and so is whether each operation was taken.
/// </summary>
public sealed class RandomHistoryTests
{
    private const int Together = 100;
    private const int Steps = 14;

    /// <summary>10,000 take minutes; what is usual must not.</summary>
    private static readonly int Wanted = int.TryParse(Environment.GetEnvironmentVariable("SLIPWAY_TEST_HISTORIES"), out var wanted) ? wanted : 300;

    [Fact]
    public async Task No_history_of_operations_approves_what_distinct_independent_people_have_not_signed_as_it_is_now()
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(TestDatabase.Sqlite, clock: clock, services: services => services.AddSingleton<IVersions, ScriptedVersions>());
        var people = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Cast.Names) { people[name] = (await server.Create<InvitedPersonView>("people", new CreatePersonRequest(name, name))).Person.Id; }

        // People are known by their ids; the author of every version is the first of them.
        ScriptedVersions.Author = people[Cast.Names[0]];
        var (approved, seed) = (0, new Random(20_261_121));
        for (var block = 0; block < Wanted; block += Together)
        {
            var histories = Enumerable.Range(block, Math.Min(Together, Wanted - block)).Select(number => new History(server.Services, people, $"h{number}", seed.Next())).ToList();
            for (var step = 0; step < Steps; step++)
            {
                await Task.WhenAll(histories.Select(history => history.Step(clock.GetUtcNow().ToUnixTimeMilliseconds())));
                if (seed.Next(3) == 0) { clock.Advance(TimeSpan.FromHours(seed.Next(1, 30))); }

                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                approved += await server.Db.Read(tx => histories.Count(history => history.Compare(tx, now)), default);
            }
        }

        Assert.True(approved > Wanted / 4, $"Only {approved} times something was approved: the histories are not worth much.");
    }
}
