using Microsoft.Extensions.Logging.Abstractions;

namespace Slipway.Kernel.Tests;

public sealed class FactTests
{
    private static readonly Caller Ada = new("0192aa", "ada", PrincipalKind.Person, []);

    [Theory, EachDatabase]
    public async Task Facts_of_many_writers_get_gapless_positions_whatever_the_reader_does(string database)
    {
        await using var test = await TestDb.Open(database);
        var (one, two) = (Sequencer(test), Sequencer(test));
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++) { await test.Db.Write(tx => tx.Publish(Ada, new ShipLaunched("default", $"ship/{w}-{i}", i)), default); }
        })));

        // A reader that goes on from the last position it saw must miss nothing.
        var seen = new List<StoredFact>();
        while (true)
        {
            var done = writers.IsCompleted;
            await Task.WhenAll(one.Step(default), two.Step(default));
            var more = await test.Db.Read(tx => FactLog.After(tx, seen.Count == 0 ? 0 : seen[^1].Position, 100), default);
            seen.AddRange(more);
            if (done && more.Count == 0) { break; }
        }

        await writers;
        Assert.Equal(Enumerable.Range(1, 240).Select(i => (long)i), seen.Select(fact => fact.Position));
        Assert.Equal(240, seen.Select(fact => fact.Subject).Distinct().Count());
    }

    [Theory, EachDatabase]
    public async Task A_fact_is_told_if_and_only_if_its_change_is_kept(string database)
    {
        await using var test = await TestDb.Open(database);

        await test.Db.Write<Result<Done>>(tx => { tx.Publish(Ada, new ShipLaunched("default", "ship/1", 1)); return Problem.Conflict("no", "No."); }, default);
        await test.Db.Write(tx => tx.Publish(Ada, new ShipLaunched("default", "ship/2", 2)), default);
        await Sequencer(test).Step(default);

        var fact = Assert.Single(await test.Db.Read(tx => FactLog.After(tx, 0, 10), default));
        Assert.Equal(("ship.launched", "ship/2", "0192aa", 1), (fact.Kind, fact.Subject, fact.Actor, fact.Position));
    }

    [Theory, EachDatabase]
    public async Task A_subscriber_that_fails_gets_the_fact_again_in_order_and_holds_nobody_up(string database)
    {
        await using var test = await TestDb.Open(database);
        for (var i = 0; i < 5; i++) { await test.Db.Write(tx => tx.Publish(Ada, new ShipLaunched("default", $"ship/{i}", i)), default); }

        await Sequencer(test).Step(default);
        var (steady, shaky) = (new Log("steady"), new Log("shaky", failsOnceAt: 2));
        await using var delivery = new Delivery(test, steady, shaky);

        await delivery.Step(steady);
        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.Step(shaky));
        await delivery.Step(shaky);
        await delivery.Step(shaky);

        Assert.Equal([0, 1, 2, 3, 4], steady.Got);
        // What came before the failure in the same batch comes again: at least once, in order.
        Assert.Equal([0, 1, 0, 1, 2, 3, 4], shaky.Got);
    }

    [Theory, EachDatabase]
    public async Task A_subscriber_passes_over_the_facts_of_other_kinds_and_hears_every_one_of_its_own_once(string database)
    {
        await using var test = await TestDb.Open(database);
        for (var i = 0; i < 450; i++)
        {
            await test.Db.Append(tx =>
            {
                tx.Publish(Ada, new ShipLaunched("default", $"ship/{i}", i));
                tx.Publish(Ada, new ShipSunk("default", $"ship/{i}"));
            }, default);
        }

        var (sequencer, log) = (Sequencer(test), new Log("deaf"));
        while (await sequencer.Step(default)) { /* until all have their place */ }

        await using var delivery = new Delivery(test, log);

        Assert.True(await delivery.Step(log));
        while (await delivery.Step(log)) { /* until all are heard */ }

        await test.Db.Write(tx => tx.Publish(Ada, new ShipSunk("default", "ship/0")), default);
        await sequencer.Step(default);
        await delivery.Step(log);
        await delivery.Step(log);

        Assert.Equal(Enumerable.Range(0, 450), log.Got);
    }

    private static FactSequencer Sequencer(TestDb test) => new(test.Db, TimeProvider.System, NullLogger<FactSequencer>.Instance);

    private sealed record ShipLaunched(string Workspace, string Subject, int Number) : IFact
    {
        public static string Kind => "ship.launched";
    }

    private sealed record ShipSunk(string Workspace, string Subject) : IFact
    {
        public static string Kind => "ship.sunk";
    }

    private sealed class Log(string name, int failsOnceAt = -1) : FactHandler<ShipLaunched>
    {
        private int _failsAt = failsOnceAt;

        public List<int> Got { get; } = [];

        public override string Subscriber => $"test.{name}";

        protected override Task Handle(StoredFact stored, ShipLaunched fact, CancellationToken ct)
        {
            if (fact.Number == _failsAt)
            {
                _failsAt = -1;
                throw new InvalidOperationException("not today");
            }

            Got.Add(fact.Number);
            return Task.CompletedTask;
        }
    }

    private sealed class Delivery(TestDb test, params IFactHandler[] handlers) : IAsyncDisposable
    {
        private readonly FactDelivery _delivery = new(test.Db, handlers, TimeProvider.System, NullLogger<FactDelivery>.Instance);

        public Task<bool> Step(IFactHandler handler) => _delivery.Step(handler, default);

        public ValueTask DisposeAsync()
        {
            _delivery.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
