using Slipway.Testing;

namespace Slipway.Reliability.Tests;

/// <summary>Eight writers against one server, and the comparison of what they were told with what is there afterwards.</summary>
internal sealed class MixedLoad(string name, int seed)
{
    public const int Writers = 8;

    private readonly List<Writer> _writers = [];
    private Task _all = Task.CompletedTask;
    private string _experiment = "";

    /// <summary>Writes that were acknowledged; it grows until <see cref="Ended"/>.</summary>
    public int Acknowledged
    {
        get { lock (_writers) { return _writers.Sum(writer => writer.Journals.Sum(journal => journal.Acknowledged)); } }
    }

    public int Refused => _writers.Sum(writer => writer.Refused);

    /// <param name="onRefusal">Told the status of every answer that is not a success; true = the writer goes on.</param>
    public async Task Begin(ServerProcess server, Func<int, bool>? onRefusal, CancellationToken stop)
    {
        using (var client = new MlflowClient(server.NewClient())) { _experiment = await client.CreateExperiment(name); }

        _all = Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(async () =>
        {
            using var client = new MlflowClient(server.NewClient());
            var writer = new Writer(client, _experiment, $"{name}-w{i}", seed + i);
            lock (_writers) { _writers.Add(writer); }

            await writer.Write(onRefusal ?? (_ => false), stop);
        })));
    }

    /// <summary>When so many writes were acknowledged: a busy machine takes longer, and less would prove little.</summary>
    public async Task Reaches(int writes)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (Acknowledged < writes)
        {
            Assert.False(_all.IsCompleted, $"The writers ended after {Acknowledged} acknowledged writes.");
            await Task.Delay(20, late.Token);
        }
    }

    /// <summary>When every writer has ended, by the server's end or the token.</summary>
    public Task Ended() => _all;

    /// <summary>Reads back everything.</summary>
    /// <returns>A sentence per write that is lost, torn, twice or unasked; empty when the promise held.</returns>
    public async Task<List<string>> Faults(ServerProcess server)
    {
        using var client = new MlflowClient(server.NewClient());
        var runs = await client.Runs(_experiment);
        var faults = new List<string>();
        foreach (var journal in _writers.SelectMany(writer => writer.Journals))
        {
            var content = runs.Remove(journal.Name, out var runId) ? await client.Content(runId) : null;
            faults.AddRange(journal.Faults(content));
        }

        faults.AddRange(runs.Keys.Select(run => $"unasked: run {run} is there, which nobody created"));
        return faults;
    }
}
