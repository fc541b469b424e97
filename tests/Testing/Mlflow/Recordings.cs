using System.Text.Json;
using Xunit;

namespace Slipway.Testing.Mlflow;

/// <summary>Groups of recorded exchanges, replayed from an empty server and compared with what MLflow said; <c>data/mlflow/differences.json</c> lists what may differ, with its reason.</summary>
public static class Recordings
{
    /// <summary>Each group with each database.</summary>
    public static TheoryData<string, string> Rows(params string[] groups)
    {
        var rows = new TheoryData<string, string>();
        foreach (var group in groups)
        {
            rows.Add(new TheoryDataRow<string, string>(group, TestDatabase.Sqlite));
            rows.Add(new TheoryDataRow<string, string>(group, TestDatabase.Postgres) { Skip = TestDatabase.PostgresServer is null ? "TEST_POSTGRES names no server" : null });
        }

        return rows;
    }

    /// <summary>What came back otherwise than recorded and than allowed; none = the group is answered as by MLflow.</summary>
    /// <param name="change">Changes to the server's options; null = none.</param>
    /// <param name="prepare">What a recording expects to be there already; null = nothing.</param>
    public static async Task<IReadOnlyList<string>> Faults(
        string group, string database, Func<Server.ServerOptions, Server.ServerOptions>? change = null, Func<TestServer, Task>? prepare = null)
    {
        var differences = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "mlflow", "differences.json")))!;
        var clock = new ManualClock();
        await using var server = await TestServer.Start(database, change, clock: clock);
        if (prepare is not null) { await prepare(server); }

        var replay = new Replay(server.Http);
        var faults = new List<string>();

        foreach (var exchange in Exchange.Read(group))
        {
            // MLflow orders by times of creation, which differed.
            clock.Advance(TimeSpan.FromSeconds(1));
            var difference = await replay.Send(exchange);
            var allowed = differences.ContainsKey($"{group}/{exchange.Seq}");
            if (exchange.IsQuirk) { continue; }

            if (difference is not null && !allowed) { faults.Add(difference); }

            if (difference is null && allowed) { faults.Add($"{exchange.Seq} {exchange.Name} is an allowed difference, but does not differ any more: remove it"); }
        }

        return faults;
    }
}
