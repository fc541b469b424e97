using System.Text.Json;

namespace Slipway.Tracking.Tests.Mlflow;

/// <summary>What official clients send is answered as MLflow answers it, on both databases.</summary>
public sealed class ReplayTests
{
    private static readonly string[] Groups = ["experiments", "runs", "log_batch", "metrics_params", "artifacts", "search_runs", "client_tracking"];

    private static readonly Dictionary<string, string> Differences = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "mlflow", "differences.json")))!;

    public static TheoryData<string, string> Recordings()
    {
        var rows = new TheoryData<string, string>();
        foreach (var group in Groups)
        {
            rows.Add(new TheoryDataRow<string, string>(group, TestDatabase.Sqlite));
            rows.Add(new TheoryDataRow<string, string>(group, TestDatabase.Postgres) { Skip = TestDatabase.PostgresServer is null ? "TEST_POSTGRES names no server" : null });
        }

        return rows;
    }

    [Theory, MemberData(nameof(Recordings))]
    public async Task A_recording_is_answered_as_by_Mlflow(string group, string database)
    {
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, clock: clock);
        var replay = new Replay(server.Http);
        var faults = new List<string>();

        foreach (var exchange in Exchange.Read(group))
        {
            // MLflow orders by times of creation, which differed.
            clock.Advance(TimeSpan.FromSeconds(1));
            var difference = await replay.Send(exchange);
            var allowed = Differences.ContainsKey($"{group}/{exchange.Seq}");
            if (exchange.IsQuirk) { continue; }

            if (difference is not null && !allowed) { faults.Add(difference); }

            if (difference is null && allowed) { faults.Add($"{exchange.Seq} {exchange.Name} is an allowed difference, but does not differ any more: remove it"); }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
