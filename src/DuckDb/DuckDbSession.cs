using System.Runtime.CompilerServices;

namespace Slipway.DuckDb;

/// <summary>
/// A database in memory, in a worker process of its own that can reach one folder and nothing else. Statements run one after the other; calls from several threads wait for each
/// other. A wrong statement leaves the session usable; after the worker's end every call fails with the reason of that end.
/// </summary>
public sealed class DuckDbSession : IAsyncDisposable
{
    // Rows of an appended frame: what a chunk of DuckDB holds.
    private const int AppendRows = 2_048;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly WorkerProcess _worker;
    private readonly DuckDbWorkerOptions _options;
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _statement;

    private DuckDbSession(WorkerProcess worker, DuckDbWorkerOptions options) => (_worker, _options) = (worker, options);

    /// <summary>The process id of the worker.</summary>
    public int WorkerId => _worker.Id;

    /// <summary>Resident memory of the worker now, in bytes.</summary>
    public long WorkerBytes => _worker.ResidentBytes;

    /// <summary>Starts a worker; about 0.1 s.</summary>
    /// <exception cref="ArgumentException">A value of the options is out of range.</exception>
    /// <exception cref="DuckDbException">The worker or DuckDB's library cannot be started (<see cref="DuckDbErrorKind.Library"/>), or the folder holds a symbolic link (<see cref="DuckDbErrorKind.Denied"/>).</exception>
    public static async Task<DuckDbSession> Start(DuckDbWorkerOptions options, CancellationToken ct)
    {
        if (options.Fault() is { } fault) { throw new ArgumentException(fault, nameof(options)); }

        ct.ThrowIfCancellationRequested();
        SessionFolder.Check(options.Folder);
        var worker = WorkerProcess.Start(options);
        try
        {
            using var limit = new CancellationTokenSource(StartLimit);
            using var late = limit.Token.Register(() => worker.Kill(new DuckDbException(DuckDbErrorKind.TimedOut, $"DuckDB's worker process did not start within {StartLimit.TotalSeconds} s.")));
            using var cancelled = ct.Register(() => worker.Kill(new DuckDbException(DuckDbErrorKind.Other, "the start was cancelled")));
            var open = new PayloadWriter().Begin(Frame.Open);
            open.Text(options.Folder);
            open.Int64(options.MemoryBytes);
            open.Int64(options.SpillBytes);
            open.Int32(options.Threads);
            await worker.Send(open.End().Written);
            var (kind, payload) = await worker.Read();
            return kind == Frame.Ready ? new DuckDbSession(worker, options) : throw RunningStatement.Failure(payload);
        }
        catch
        {
            await worker.DisposeAsync();
            ct.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Runs one statement to its end, such as COPY, CREATE or INSERT.</summary>
    /// <param name="sql">One statement; parameters are ?, $1 or $name in the order of their first use.</param>
    /// <param name="parameters">A value each: null, bool, any integer, float, double, decimal, string, byte[], DateOnly, TimeOnly, DateTime (without zone), DateTimeOffset, Guid, or an array of these as a list.</param>
    /// <param name="ct">Interrupts the statement; the session stays usable.</param>
    /// <returns>Rows that it inserted, changed, deleted or copied; 0 for others.</returns>
    /// <exception cref="DuckDbException">With DuckDB's message, or how the worker ended.</exception>
    public async Task<long> Execute(string sql, IReadOnlyList<object?> parameters, CancellationToken ct)
    {
        var id = 0L;
        await using var turn = await Turn(next => id = next, ct);
        await using var running = new RunningStatement(_worker, id, _options.TimeLimit, ct);
        await running.Send(Request(id, rows: false, sql, parameters));
        return Done((await running.Next()).Payload);
    }

    /// <summary>Runs one statement and gives its rows while it runs. Breaking off the loop interrupts it.</summary>
    /// <param name="sql">As for <see cref="Execute"/>.</param>
    /// <param name="parameters">As for <see cref="Execute"/>.</param>
    /// <param name="ct">Interrupts the statement; the session stays usable.</param>
    /// <returns>Chunks of 1 to 2,048 rows; none when the result is empty.</returns>
    /// <exception cref="DuckDbException">With DuckDB's message, or how the worker ended; also after some chunks.</exception>
    public async IAsyncEnumerable<ResultChunk> Query(string sql, IReadOnlyList<object?> parameters, [EnumeratorCancellation] CancellationToken ct)
    {
        var id = 0L;
        await using var turn = await Turn(next => id = next, ct);
        await using var running = new RunningStatement(_worker, id, _options.TimeLimit, ct);
        await running.Send(Request(id, rows: true, sql, parameters));
        IReadOnlyList<(string, DuckDbType)> header = [];
        while (await running.Next() is var (kind, payload) && kind != Frame.Done)
        {
            if (kind == Frame.Header) { header = ReadHeader(payload); }
            else { yield return ResultChunk.Read(payload, header); }
        }
    }

    /// <summary>Adds rows to a table, much faster than INSERT. When it fails, some rows may be in the table.</summary>
    /// <param name="table">Its name, not quoted; the values are cast to its types.</param>
    /// <param name="columns">An array per column of the table, in its order, all of one length: of a type as for parameters, nullable or not, or object?[].</param>
    /// <param name="ct">Stops between two blocks of rows.</param>
    /// <returns>Rows added.</returns>
    /// <exception cref="ArgumentException">The arrays differ in length.</exception>
    /// <exception cref="DuckDbException">With DuckDB's message, or how the worker ended.</exception>
    public async Task<long> Append(string table, IReadOnlyList<Array> columns, CancellationToken ct)
    {
        if (columns.Count == 0 || columns.Any(column => column.Length != columns[0].Length))
        {
            throw new ArgumentException($"the columns must have one length; they have {string.Join(", ", columns.Select(column => column.Length))}", nameof(columns));
        }

        var types = columns.Select(column => ColumnWriter.TypeOf(column) ?? new DuckDbType(DuckDbKind.Integer)).ToList();
        var id = 0L;
        await using var turn = await Turn(next => id = next, ct);
        await using var running = new RunningStatement(_worker, id, _options.TimeLimit, ct);
        try
        {
            foreach (var frame in Blocks(id, table, types, columns, ct)) { await running.Send(frame); }
        }
        catch (DuckDbException)
        {
            // A value in the middle that cannot be sent: the worker is told that nothing follows.
            await running.Abandon();
            throw;
        }

        var (_, payload) = await running.Next();
        ct.ThrowIfCancellationRequested();
        return Done(payload);
    }

    /// <summary>Ends the worker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
    }

    private async ValueTask<Turns> Turn(Action<long> take, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            SessionFolder.Check(_options.Folder);
            take(++_statement);
            return new Turns(_one);
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    // One frame per block of rows; once cancelled, the current one is the last.
    private static IEnumerable<ReadOnlyMemory<byte>> Blocks(long id, string table, List<DuckDbType> types, IReadOnlyList<Array> columns, CancellationToken ct)
    {
        var writer = new PayloadWriter(1 << 16);
        var last = false;
        for (int from = 0, rows = columns[0].Length; !last; from += AppendRows)
        {
            var count = Math.Min(AppendRows, rows - from);
            last = from + count >= rows || ct.IsCancellationRequested;
            writer.Clear();
            AppendHead(writer, id, from == 0 ? table : null, last, count, columns.Count);
            for (var i = 0; i < columns.Count; i++)
            {
                TypeCode.Write(writer, types[i]);
                ColumnWriter.Write(writer, types[i], columns[i], from, count);
            }

            yield return writer.End().Written;
        }
    }

    internal static void AppendHead(PayloadWriter writer, long id, string? table, bool last, int rows, int columns)
    {
        writer.Begin(Frame.Append).Int64(id);
        writer.Byte(table is null ? (byte)0 : (byte)1);
        writer.Byte(last ? (byte)1 : (byte)0);
        if (table is not null) { writer.Text(table); }

        writer.Int32(rows);
        writer.Int32(columns);
    }

    private static ReadOnlyMemory<byte> Request(long id, bool rows, string sql, IReadOnlyList<object?> parameters)
    {
        var writer = new PayloadWriter().Begin(Frame.Run);
        writer.Int64(id);
        writer.Byte(rows ? (byte)1 : (byte)0);
        writer.Text(sql);
        writer.Int32(parameters.Count);
        foreach (var parameter in parameters)
        {
            object?[] values = [parameter];
            var type = ColumnWriter.TypeOf(values);
            writer.Byte(type is null ? (byte)0 : (byte)1);
            if (type is null) { continue; }

            TypeCode.Write(writer, type);
            ColumnWriter.Write(writer, type, values, 0, 1);
        }

        return writer.End().Written;
    }

    private static long Done(byte[] payload) => new PayloadReader(payload).Int64();

    private static List<(string, DuckDbType)> ReadHeader(byte[] payload)
    {
        var reader = new PayloadReader(payload);
        var header = new List<(string, DuckDbType)>(reader.Int32());
        for (var i = 0; i < header.Capacity; i++) { header.Add((reader.Text(), TypeCode.Read(ref reader))); }

        return header;
    }

    private readonly struct Turns(SemaphoreSlim one) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            one.Release();
            return ValueTask.CompletedTask;
        }
    }
}
