using Slipway.DuckDb;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Log;

/// <summary>Closed segments as Parquet files, <c>archive/ENDPOINT/….parquet</c>, written and read by one DuckDB worker that can reach that folder only. It is started when needed and ended when idle. Thread safe.</summary>
internal sealed partial class PredictionArchive(string folder, TimeProvider clock) : IAsyncDisposable
{
    private const long MemoryBytes = 512L << 20;
    private const int RowGroup = 16_384;
    private static readonly TimeSpan StatementLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    // A table is filled, copied and dropped by several statements: one at a time.
    private readonly SemaphoreSlim _one = new(1, 1);
    private DuckDbSession? _session;
    private DateTimeOffset _used;

    public string Folder { get; } = folder;

    /// <summary>The files of an endpoint, in the order of their positions. Unfinished ones of an earlier process are removed.</summary>
    public IReadOnlyList<ArchivedPart> Find(string endpointId)
    {
        var at = Path.Combine(Folder, endpointId);
        if (!Directory.Exists(at)) { return []; }

        foreach (var unfinished in Directory.EnumerateFiles(at, "*.tmp")) { File.Delete(unfinished); }

        return [.. Directory.EnumerateFiles(at).Select(file => ArchivedPart.Found(this, endpointId, Path.GetFileName(file))).OfType<ArchivedPart>().OrderBy(part => part.First)];
    }

    /// <summary>Ends the worker when nobody has used it for a minute.</summary>
    public async Task EndIdle(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_session is not null && clock.GetUtcNow() - _used > Idle) { await End(); }
        }
        finally { _one.Release(); }
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        _one.Dispose();
    }

    private async Task<T> With<T>(Func<DuckDbSession, Task<T>> work, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            Directory.CreateDirectory(Folder);
            _session ??= await DuckDbSession.Start(new DuckDbWorkerOptions(DuckDbProgram.Find(), Folder, MemoryBytes, 1, StatementLimit), ct);
            _used = clock.GetUtcNow();
            return await work(_session);
        }
        catch (DuckDbException)
        {
            // The worker may be gone or its table half full: the next call begins with a new one.
            await End();
            throw;
        }
        finally { _one.Release(); }
    }

    private async Task End()
    {
        if (_session is { } session) { await session.DisposeAsync(); }

        _session = null;
    }

    private static string Name(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    // Fixed columns of every file, before the inputs.
    private static readonly (string Name, string Type)[] Fixed =
    [
        ("position", "BIGINT"), ("prediction_id", "VARCHAR"), ("at_ms", "BIGINT"), ("deployment_no", "INTEGER"), ("deployment_id", "VARCHAR"), ("version", "BIGINT"), ("role", "VARCHAR"),
        ("unit", "VARCHAR"), ("score", "DOUBLE"), ("decision", "VARCHAR"),
    ];
}
