using System.Collections.Concurrent;

namespace Slipway.Reliability.Tests;

/// <summary>One client that writes without pause, a mixture of everything, and notes every answer before its next request.</summary>
internal sealed class Writer(MlflowClient client, string experiment, string name, int seed)
{
    private const int WritesPerRun = 60;
    private readonly Random _random = new(seed);
    private long _value;

    /// <summary>Runs in the order in which they were begun; read it once the writer has ended.</summary>
    public ConcurrentQueue<RunJournal> Journals { get; } = [];

    public int Refused { get; private set; }

    /// <summary>Ends when the connection breaks or <paramref name="stop"/> says so.</summary>
    /// <param name="onRefusal">Told of every answer that is not a success; true = go on.</param>
    public async Task Write(Func<int, bool> onRefusal, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested) { await OneRun(onRefusal, stop); }
        }
        catch (HttpRequestException) { /* the server is gone: the write in doubt stays so */ }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* told to end */ }
        catch (WriteRefusedException) { /* told to end */ }
    }

    private async Task OneRun(Func<int, bool> onRefusal, CancellationToken stop)
    {
        var journal = new RunJournal($"{name}-{Journals.Count}");
        Journals.Enqueue(journal);
        await Send(journal, new CreateRun(experiment, journal.Name), onRefusal);
        for (var i = 0; journal.RunId is { } run && i < WritesPerRun && !stop.IsCancellationRequested; i++) { await Send(journal, Next(run, i), onRefusal); }
    }

    private async Task Send(RunJournal journal, Write write, Func<int, bool> onRefusal)
    {
        journal.Sending(write);
        var (status, runId) = await client.Send(write, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        if (runId is not null)
        {
            journal.Accepted(write, runId);
            return;
        }

        journal.Refused();
        Refused++;
        if (!onRefusal(status)) { throw new WriteRefusedException(); }
    }

    private Write Next(string run, int number) => (_random.Next(10), ++_value) switch
    {
        (< 4, var value) => new LogMetric(run, number, value),
        (< 7, var value) => new LogBatch(run, number, value),
        (7, var value) => new SetTag(run, "progress", Reliability.Tests.Write.Text(value)),
        (8, var value) => new LogParameter(run, $"p{number}", Reliability.Tests.Write.Text(value)),
        _ => new PutArtifact(run, $"a{number}.bin", Bytes()),
    };

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(1, 40_000)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private sealed class WriteRefusedException : Exception;
}
