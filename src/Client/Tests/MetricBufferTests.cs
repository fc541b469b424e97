using System.Collections.Concurrent;

namespace Slipway.Client.Tests;

public sealed class MetricBufferTests
{
    private static readonly SlipwayClientOptions Small = new() { BufferedPoints = 50, BatchPoints = 20, FlushEvery = TimeSpan.FromMilliseconds(5) };

    [Fact]
    public async Task Points_arrive_once_and_in_order_in_batches_of_the_asked_size()
    {
        var (arrived, sizes) = (new List<MetricEntry>(), new List<int>());
        var buffer = new MetricBuffer(Small, (points, _) =>
        {
            arrived.AddRange(points);
            sizes.Add(points.Count);
            return Task.CompletedTask;
        });

        for (var i = 0; i < 1_003; i++) { await buffer.Add(new MetricEntry("a", i, i, i), default); }

        await buffer.Flush(default);
        await buffer.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 1_003), arrived.Select(point => (int)point.Value));
        Assert.InRange(sizes.Max(), 1, 20);
        Assert.Equal(0, buffer.Pending);
    }

    [Fact]
    public async Task A_lonely_point_is_sent_by_time()
    {
        var arrived = new TaskCompletionSource();
        var buffer = new MetricBuffer(Small, (_, _) =>
        {
            arrived.TrySetResult();
            return Task.CompletedTask;
        });

        await buffer.Add(new MetricEntry("a", 1, 0, 0), default);

        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await buffer.DisposeAsync();
    }

    [Fact]
    public async Task A_full_buffer_makes_callers_wait_and_never_holds_more_than_its_bound()
    {
        var gate = new SemaphoreSlim(0);
        var most = 0;
        MetricBuffer buffer = null!;
        buffer = new MetricBuffer(Small, async (_, ct) =>
        {
            most = Math.Max(most, buffer.Pending);
            await gate.WaitAsync(ct);
        });

        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) { await buffer.Add(new MetricEntry($"w{writer}", i, i, 0), default); }
        })).ToArray();
        await Until(() => buffer.Pending == 50);
        var waiting = buffer.Add(new MetricEntry("late", 0, 0, 0), default).AsTask();

        Assert.False(waiting.IsCompleted);
        gate.Release(1_000);
        await Task.WhenAll([.. writers, waiting]);
        await buffer.Flush(default);
        Assert.InRange(most, 1, 50);
        await buffer.DisposeAsync();
    }

    [Fact]
    public async Task Waiting_for_room_can_be_given_up()
    {
        var buffer = new MetricBuffer(Small, (_, ct) => Task.Delay(Timeout.Infinite, ct));
        for (var i = 0; i < 50; i++) { await buffer.Add(new MetricEntry("a", i, i, 0), default); }

        using var stop = new CancellationTokenSource();
        var waiting = buffer.Add(new MetricEntry("late", 0, 0, 0), stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await buffer.DisposeAsync();
        Assert.Equal(50, buffer.Pending);
    }

    [Fact]
    public async Task Who_waits_for_room_when_it_is_shut_is_told_and_what_was_added_is_sent()
    {
        var gate = new TaskCompletionSource();
        var buffer = new MetricBuffer(Small, (_, ct) => gate.Task.WaitAsync(ct));
        for (var i = 0; i < 50; i++) { await buffer.Add(new MetricEntry("a", i, i, 0), default); }

        var waiting = buffer.Add(new MetricEntry("late", 0, 0, 0), default).AsTask();
        buffer.Shut();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(60)));
        gate.SetResult();
        await buffer.Flush(default).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, buffer.Pending);
        await buffer.DisposeAsync();
    }

    [Fact]
    public async Task What_could_not_be_sent_is_told_at_the_next_call_kept_and_sent_by_the_next_flush()
    {
        var (broken, arrived) = (true, new List<double>());
        var buffer = new MetricBuffer(Small, (points, _) =>
        {
            if (broken) { throw new SlipwayException("down"); }

            arrived.AddRange(points.Select(point => point.Value));
            return Task.CompletedTask;
        });
        await buffer.Add(new MetricEntry("a", 1, 0, 0), default);
        await buffer.Add(new MetricEntry("a", 2, 1, 0), default);

        var told = await Assert.ThrowsAsync<MetricsNotSentException>(() => buffer.Flush(default));
        await Assert.ThrowsAsync<MetricsNotSentException>(async () => await buffer.Add(new MetricEntry("a", 3, 2, 0), default));
        Assert.Equal([1, 2], told.Unsent.Select(point => point.Value));
        Assert.Same(told, buffer.Fault);

        broken = false;
        await buffer.Flush(default);
        await buffer.Add(new MetricEntry("a", 3, 2, 0), default);
        await buffer.Flush(default);
        Assert.Equal([1, 2, 3], arrived);
        await buffer.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_the_sending_throws_is_told_and_nobody_waits_for_ever()
    {
        Exception? thrown = null;
        var buffer = new MetricBuffer(Small, (_, _) => thrown is { } error ? throw error : Task.CompletedTask);
        foreach (var error in new Exception[] { new ObjectDisposedException("client"), new InvalidOperationException("charset"), new OperationCanceledException("their own") })
        {
            thrown = error;
            await buffer.Add(new MetricEntry("a", 1, 0, 0), default);
            var told = await Assert.ThrowsAsync<MetricsNotSentException>(() => buffer.Flush(default).WaitAsync(TimeSpan.FromSeconds(60)));

            Assert.Same(error, told.InnerException!.InnerException);
            Assert.Contains(error.Message, told.Message, StringComparison.Ordinal);
            thrown = null;
            await buffer.Flush(default).WaitAsync(TimeSpan.FromSeconds(60));
        }

        thrown = new InvalidOperationException("late");
        await buffer.Add(new MetricEntry("a", 2, 0, 0), default);
        await buffer.DisposeAsync();
        await Assert.ThrowsAsync<MetricsNotSentException>(() => buffer.Flush(default).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task What_is_given_up_is_handed_back()
    {
        var broken = true;
        var buffer = new MetricBuffer(Small, (_, _) => broken ? throw new SlipwayException("refused") : Task.CompletedTask);
        await buffer.Add(new MetricEntry("a", 1, 0, 0), default);
        await Assert.ThrowsAsync<MetricsNotSentException>(() => buffer.Flush(default));

        Assert.Equal(1, Assert.Single(buffer.Discard()).Value);
        broken = false;
        await buffer.Add(new MetricEntry("a", 2, 0, 0), default);
        await buffer.Flush(default);
        Assert.Empty(buffer.Discard());
        await buffer.DisposeAsync();
    }

    /// <summary>Whatever the network does: a point has arrived, or an exception has told it; and what arrived keeps its order.</summary>
    [Fact]
    public async Task Each_point_arrives_once_or_its_loss_is_told_under_any_faults()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var chance = new Random(seed);
            // The server's rule: a point is what it says, the same again is the same point.
            var stored = new ConcurrentDictionary<MetricEntry, int>();
            var order = new List<double>();
            var buffer = new MetricBuffer(Small with { BufferedPoints = chance.Next(1, 60), BatchPoints = chance.Next(1, 30) }, async (points, _) =>
            {
                var what = chance.Next(10);
                if (what == 0) { throw new SlipwayException("not reached"); }

                if (what == 1) { await Task.Yield(); }

                foreach (var point in points)
                {
                    if (stored.TryAdd(point, 0)) { order.Add(point.Value); }
                }

                if (what == 2) { throw new SlipwayException("answer lost"); }
            });
            var (accepted, told) = (new List<MetricEntry>(), new HashSet<MetricEntry>());
            for (var i = 0; i < 300; i++)
            {
                var point = new MetricEntry("loss", i, i, i);
                try
                {
                    await buffer.Add(point, default);
                    accepted.Add(point);
                    if (chance.Next(40) == 0) { await buffer.Flush(default); }
                }
                catch (MetricsNotSentException) when (chance.Next(3) == 0) { told.UnionWith(buffer.Discard()); }
                catch (MetricsNotSentException) { await Quietly(buffer); }
            }

            if (buffer.Pending > 0) { await Quietly(buffer); }

            if (buffer.Fault is { } last) { told.UnionWith(last.Unsent); }

            await buffer.DisposeAsync();
            Assert.Empty(accepted.Except(stored.Keys).Except(told));
            Assert.Empty(stored.Keys.Except(accepted));
            Assert.Equal(order.Order(), order);
        }
    }

    private static async Task Quietly(MetricBuffer buffer)
    {
        try { await buffer.Flush(default); }
        catch (MetricsNotSentException) { /* it is in Fault */ }
    }

    private static async Task Until(Func<bool> met)
    {
        for (var i = 0; i < 60_000 && !met(); i++) { await Task.Delay(1); }

        Assert.True(met());
    }
}
