using Slipway.DuckDb;
using Slipway.Kernel;

namespace Slipway.Datasets.Engine;

/// <summary>A scratch folder and the DuckDB worker that may reach it and nothing else. Both are gone when it is disposed of.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly IBlobStore _blobs;
    private readonly FileStream _lock;
    private readonly Workbenches _benches;
    private DuckDbSession? _session;

    public Workbench(string folder, IBlobStore blobs, Workbenches benches)
    {
        (Folder, _blobs, _benches) = (folder, blobs, benches);
        Directory.CreateDirectory(WorkFolder);
        _lock = new FileStream(Path.Combine(folder, Workbenches.LockFile), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public string Folder { get; }

    private string WorkFolder => Path.Combine(Folder, "work");

    /// <param name="name">A name of ours, never of a client.</param>
    public string PathOf(string name) => Path.Combine(WorkFolder, name);

    /// <summary>Writes a stream to a file of the folder.</summary>
    /// <returns>False when it has more bytes than <paramref name="most"/>; the file is then of no use.</returns>
    public async Task<bool> Take(Stream content, string name, long most, CancellationToken ct)
    {
        await using var file = File.Create(PathOf(name), 1 << 16);
        var buffer = new byte[1 << 16];
        for (long size = 0; await content.ReadAsync(buffer, ct) is var read and > 0;)
        {
            if ((size += read) > most) { return false; }

            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return true;
    }

    /// <summary>Copies a blob into the folder, checked on the way.</summary>
    /// <exception cref="BlobMissingException">There is no such blob.</exception>
    public async Task Bring(string digest, string name, CancellationToken ct)
    {
        await using var file = File.Create(PathOf(name), 1 << 16);
        await _blobs.CopyTo(digest, null, file, ct);
    }

    /// <summary>Stores a file of the folder as a blob.</summary>
    public async Task<BlobInfo> Keep(string name, CancellationToken ct)
    {
        await using var file = File.OpenRead(PathOf(name));
        return await _blobs.Put(file, ct);
    }

    /// <summary>The session; the first use waits for its turn and starts the worker, so that a slow upload holds up nobody.</summary>
    /// <exception cref="DuckDbException">It cannot be started.</exception>
    /// <exception cref="OverloadedException">Too many wait already.</exception>
    public async Task<DuckDbSession> Session(CancellationToken ct) => _session ??= await _benches.Start(WorkFolder, ct);

    public async Task<long> Execute(string sql, CancellationToken ct) => await (await Session(ct)).Execute(sql, [], ct);

    /// <summary>Calls <paramref name="each"/> per row of a small result.</summary>
    public async Task ForEach(string sql, Action<Func<int, object?>> each, CancellationToken ct)
    {
        var session = await Session(ct);
        await foreach (var chunk in session.Query(sql, [], ct))
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var at = row;
                each(column => chunk.Columns[column].Value(at));
            }
        }
    }

    /// <summary>The one row of an aggregate.</summary>
    public async Task<object?[]> Row(string sql, CancellationToken ct)
    {
        var session = await Session(ct);
        await foreach (var chunk in session.Query(sql, [], ct)) { return [.. chunk.Columns.Select(column => column.Value(0))]; }

        return [];
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            await session.DisposeAsync();
            _benches.Free();
        }

        await _lock.DisposeAsync();
        try { Directory.Delete(Folder, recursive: true); }
        catch (IOException)
        {
            // What is left is swept at the next start.
        }
    }
}
