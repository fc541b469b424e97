namespace Slipway.Reliability.Tests;

/// <summary>The reader of traces finds an early answer: a proof by a blind reader would be none.</summary>
public sealed class SyncTraceTests
{
    private const string Arrives = "11 recvfrom(9<TCP:[127.0.0.1:5000->127.0.0.1:40000]>, \"POST /a HTTP/1.1\\r\\n\"..., 4096, 0, NULL, NULL) = 30";
    private const string Leaves = "12 sendto(9<TCP:[127.0.0.1:5000->127.0.0.1:40000]>, \"HTTP/1.1 200 OK\\r\\n\"..., 100, 0, NULL, 0) = 100";
    private const string Syncs = "13 fdatasync(7</data/db-wal>) = 0";
    private const string SyncBegins = "13 fdatasync(7</data/db-wal> <unfinished ...>";
    private const string SyncEnds = "13 <... fdatasync resumed>) = 0";
    private const string SyncFails = "13 fdatasync(7</data/db-wal>) = -1 EIO (Input/output error)";
    private const string Another = "13 fdatasync(8</data/other>) = 0";

    public static TheoryData<string, string[], int, int> Traces => new()
    {
        { "a sync between arrival and answer", [Arrives, Syncs, Leaves], 1, 0 },
        { "a sync in two pieces between them", [Arrives, SyncBegins, SyncEnds, Leaves], 1, 0 },
        { "no sync", [Arrives, Leaves], 0, 1 },
        { "a sync before the request arrived", [Syncs, Arrives, Leaves], 0, 1 },
        { "a sync that began before the request arrived", [SyncBegins, Arrives, SyncEnds, Leaves], 0, 1 },
        { "a sync that ended after the answer", [Arrives, SyncBegins, Leaves, SyncEnds], 0, 1 },
        { "a sync that failed", [Arrives, SyncFails, Leaves], 0, 1 },
        { "a sync of another file", [Arrives, Another, Leaves], 0, 1 },
        { "a request in two pieces", ["11 recvfrom(9<TCP:[127.0.0.1:5000->127.0.0.1:40000]>,  <unfinished ...>", Syncs, "11 <... recvfrom resumed>\"POST /a HTTP/1.1\\r\\n\", 4096, 0, NULL, NULL) = 30", Leaves], 0, 1 },
        { "a read needs none", [Arrives.Replace("POST", "GET", StringComparison.Ordinal), Leaves], 0, 0 },
        { "a refusal needs none", [Arrives, Leaves.Replace("200 OK", "400 Bad Request", StringComparison.Ordinal)], 0, 0 },
        { "an answer on another connection", [Arrives, Leaves.Replace("40000", "40001", StringComparison.Ordinal)], 0, 0 },
    };

    [Theory, MemberData(nameof(Traces))]
    public void An_answer_counts_only_after_its_own_sync(string what, string[] lines, int proven, int faults)
    {
        var trace = SyncTrace.Read(lines, (_, file) => file == "/data/db-wal");

        Assert.True(proven == trace.Proven && faults == trace.Faults.Count, $"{what}: {trace.Proven} proven, {string.Join("; ", trace.Faults)}");
    }
}
