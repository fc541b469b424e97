using System.Net;
using System.Text.Json;

namespace Slipway.Client.Tests;

/// <summary>The end of a run, against a server that answers when the test lets it.</summary>
public sealed class RunEndTests
{
    private readonly List<string> _ends = [];
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _answer = Task.CompletedTask;

    [Fact]
    public async Task A_point_that_comes_while_the_run_is_ended_is_refused_and_not_lost()
    {
        var gate = new TaskCompletionSource();
        _answer = gate.Task;
        using var client = Client();
        var run = Started(client);
        await run.LogMetricAsync("loss", 1);

        var end = run.FinishAsync();
        await _asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await run.LogMetricAsync("loss", 2, 1));
        gate.SetResult();
        await end;

        Assert.Equal(0, run.PendingPoints);
        Assert.Equal(["FINISHED"], _ends);
    }

    [Fact]
    public async Task A_stopped_end_leaves_the_run_as_it_was_and_can_be_repeated()
    {
        _answer = new TaskCompletionSource().Task;
        using var client = Client();
        using var stop = new CancellationTokenSource();
        var run = Started(client);

        var end = run.FinishAsync(ct: stop.Token);
        await _asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
        _answer = Task.CompletedTask;
        await run.LogMetricAsync("loss", 1);
        await run.DisposeAsync();

        Assert.Equal(0, run.PendingPoints);
        Assert.Equal(["FINISHED"], _ends);
    }

    [Fact]
    public async Task A_stop_of_the_end_kills_the_run_sends_its_points_and_goes_on_to_the_caller()
    {
        using var client = Client();
        using var stop = new CancellationTokenSource();
        var run = Started(client);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunScope.Within(run, async _ =>
        {
            await run.LogMetricAsync("loss", 1);
            await stop.CancelAsync();
        }, stop.Token));

        Assert.Equal(0, run.PendingPoints);
        Assert.Equal(["KILLED"], _ends);
    }

    private static Run Started(SlipwayClient client) => new(client, new RunInfo("a1", "1", "first", "mlflow-artifacts:/1/a1/artifacts"));

    private SlipwayClient Client() => new(Clients.Quick(new Uri("http://slipway.test"), new Scripted(async request =>
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("runs/update", StringComparison.Ordinal))
        {
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync());
            var end = body.RootElement.GetProperty("status").GetString()!;
            _asked.TrySetResult();
            await _answer;
            _ends.Add(end);
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") };
    })));
}
