namespace Slipway.OnnxRuntime.Tests;

public sealed class OnnxConcurrencyTests
{
    [Fact]
    public void Runs_of_many_threads_on_one_session_do_not_mix()
    {
        using var session = OnnxSession.Load(Models.Linear().Bytes());

        Parallel.For(0, 8, thread =>
        {
            var (from, to) = (new float[3], new float[2]);
            using var x = OnnxTensor.Of(from, 1, 3);
            using var y = OnnxTensor.Of(to, 1, 2);
            for (var i = 0; i < 2_000; i++)
            {
                from.AsSpan().Fill(thread * i);
                session.Run([x], [y], CancellationToken.None);
                Assert.Equal([(9 * thread * i) + 10f, (12 * thread * i) + 20f], to);
            }
        });
    }

    [Fact]
    public async Task A_run_without_end_is_ended_by_its_token()
    {
        using var session = OnnxSession.Load(Models.Endless().Bytes());
        using var x = OnnxTensor.Of([1f], 1);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Run(() => session.Run([x], patience.Token)));
        Assert.Throws<OperationCanceledException>(() => session.Run([x], patience.Token));
    }

    [Fact]
    public async Task A_session_and_its_tensors_may_be_disposed_while_they_run()
    {
        for (var round = 0; round < 20; round++)
        {
            var session = OnnxSession.Load(Models.Endless().Bytes());
            var x = OnnxTensor.Of([1f], 1);
            using var patience = new CancellationTokenSource();
            using var started = new SemaphoreSlim(0);
            var run = Task.Run(() =>
            {
                started.Release();
                session.Run([x], patience.Token);
            });

            await started.WaitAsync();
            session.Dispose();
            x.Dispose();
            GC.Collect();
            await patience.CancelAsync();

            // Whichever was first: the run began and was ended, or it found the session gone.
            var ended = await Record.ExceptionAsync(() => run);
            Assert.True(ended is OperationCanceledException or ObjectDisposedException, ended?.ToString());
            Assert.Throws<ObjectDisposedException>(() => session.Run([x], CancellationToken.None));
        }
    }

    [Fact]
    public void Sessions_come_and_go_while_others_run()
    {
        var file = Models.Linear().Bytes();

        Parallel.For(0, 60, _ =>
        {
            using var session = OnnxSession.Load(file);
            using var x = OnnxTensor.Of([1f, 1, 1], 1, 3);
            using var result = session.Run([x], CancellationToken.None);
            Assert.Equal([19f, 32], result["y"].Data<float>().ToArray());
        });
    }
}
