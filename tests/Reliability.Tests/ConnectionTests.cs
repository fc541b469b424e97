using System.Diagnostics;
using System.Net.Sockets;

namespace Slipway.Reliability.Tests;

/// <summary>Callers who hold on to what others need.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Thousands_of_idle_and_of_slow_connections_leave_others_alone()
    {
        const int idle = 8_000;
        const int slow = 1_000;
        using var folder = new Folder();
        await using var server = await ServerProcess.Start(folder.Path);
        using var http = server.NewClient();
        await http.GetStringAsync("/health");
        var before = server.ResidentBytes();
        var held = new List<TcpClient>();
        try
        {
            for (var i = 0; i < idle + slow; i++)
            {
                var client = new TcpClient();
                held.Add(client);
                await client.ConnectAsync(server.BaseAddress.Host, server.BaseAddress.Port);
                // The slow ones have begun a request that never ends.
                if (i >= idle) { await client.GetStream().WriteAsync("POST /api/v1/workspaces HTTP/1.1\r\nHost: localhost\r\nX-A: "u8.ToArray()); }
            }

            var latencies = new List<double>();
            for (var i = 0; i < 500; i++)
            {
                var clock = Stopwatch.StartNew();
                Assert.Equal("OK", await http.GetStringAsync("/health"));
                latencies.Add(clock.Elapsed.TotalMilliseconds);
            }

            var p99 = latencies.Order().ElementAt(495);
            var grown = (server.ResidentBytes() - before) / 1e6;
            Assert.InRange(grown, -100, 250);
            // The promise is 5 ms on a machine of its own; other tests run on this one.
            Assert.InRange(p99, 0, 250);
            Report.Line($"connections: {idle:#,0} idle and {slow:#,0} stalled ones held open, {grown:#,0} MB more memory, others answered with p99 {p99:0.0} ms");
        }
        finally { held.ForEach(client => client.Dispose()); }
    }
}
