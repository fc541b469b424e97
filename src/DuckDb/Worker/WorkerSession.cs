namespace Slipway.DuckDb;

/// <summary>Runs the requests of a session, one at a time.</summary>
internal sealed class WorkerSession : IDisposable
{
    // Frames are gathered up to so many bytes before they are written.
    private const int FlushBytes = 1 << 17;
    private const byte Interrupted = 255;

    private readonly Stream _output;
    private readonly Database? _database;
    private readonly Interrupts _interrupts;
    private readonly PayloadWriter _writer = new(1 << 18);
    private Appender? _appender;
    private bool _appendFailed;

    private WorkerSession(Stream output, Database? database) =>
        (_output, _database, _interrupts) = (output, database, new Interrupts(() => Api.duckdb_interrupt(database!.Connection)));

    public static WorkerSession Open(byte[] payload, Stream output)
    {
        var reader = new PayloadReader(payload);
        var (folder, memoryBytes, spillBytes, threads) = (reader.Text(), reader.Int64(), reader.Int64(), reader.Int32());
        WorkerSession session;
        try
        {
            Bounds.Apply(memoryBytes);
            session = new WorkerSession(output, Database.Open(folder, memoryBytes, spillBytes, threads));
            session._writer.Begin(Frame.Ready).End();
        }
        catch (DuckDbException fault)
        {
            session = new WorkerSession(output, null);
            session.Fail(fault.Kind, fault.Message);
        }

        session.Flush();
        return session;
    }

    /// <param name="payload">The id of the statement to stop.</param>
    public void Interrupt(byte[] payload) => _interrupts.Want(new PayloadReader(payload).Int64());

    /// <returns>False when the request is none.</returns>
    public bool Serve(Frame kind, byte[] payload)
    {
        if (_database is null || kind is not (Frame.Run or Frame.Append)) { return false; }

        _interrupts.Begin(new PayloadReader(payload).Int64());
        DuckDbException? fault = null;
        try
        {
            if (kind == Frame.Run) { Run(_database, payload); } else { Append(_database, payload); }
        }
        catch (DuckDbException known)
        {
            fault = known;
        }
        catch (Exception unknown) when (unknown is not OutOfMemoryException)
        {
            fault = new DuckDbException(DuckDbErrorKind.Other, $"DuckDB's worker failed: {unknown.Message}", unknown);
        }

        var stopped = _interrupts.End();
        if (fault is not null)
        {
            _writer.Discard();
            Fail(stopped ? (DuckDbErrorKind)Interrupted : fault.Kind, fault.Message);
        }

        Flush();
        return true;
    }

    public void Dispose()
    {
        _interrupts.Dispose();
        _appender?.Dispose();
    }

    private void Run(Database database, byte[] payload)
    {
        var reader = new PayloadReader(payload);
        reader.Int64();
        var rows = reader.Byte() != 0;
        using var statement = new Statement(database, reader.Text());
        var parameters = new ColumnBlock?[reader.Int32()];
        for (var i = 0; i < parameters.Length; i++)
        {
            if (reader.Byte() != 0) { parameters[i] = ColumnBlock.Read(ref reader, payload, TypeCode.Read(ref reader), 1); }
        }

        statement.Bind(parameters);
        var changed = 0L;
        if (rows) { statement.Rows(Header, Chunk); } else { changed = statement.Change(); }

        Done(changed);
    }

    // After a failure the rest of the rows, which are on their way, is read and dropped.
    private void Append(Database database, byte[] payload)
    {
        var reader = new PayloadReader(payload);
        reader.Int64();
        var (first, last) = (reader.Byte() != 0, reader.Byte() != 0);
        if (first) { _appendFailed = false; }

        if (_appendFailed) { return; }

        try
        {
            if (first) { _appender = new Appender(database, reader.Text()); }

            var (rows, columns) = (reader.Int32(), new ColumnBlock[reader.Int32()]);
            for (var i = 0; i < columns.Length; i++) { columns[i] = ColumnBlock.Read(ref reader, payload, TypeCode.Read(ref reader), rows); }

            if (_interrupts.Wanted) { throw new DuckDbException(DuckDbErrorKind.Other, "interrupted"); }

            if (rows > 0) { _appender!.Add(columns); }

            if (!last) { return; }

            _appender!.Close();
            Done(_appender.Rows);
        }
        catch
        {
            _appendFailed = true;
            throw;
        }
        finally
        {
            if (last || _appendFailed)
            {
                _appender?.Dispose();
                _appender = null;
            }
        }
    }

    private void Header(IReadOnlyList<(string Name, VectorReader Reader)> columns)
    {
        _writer.Begin(Frame.Header).Int32(columns.Count);
        foreach (var (name, reader) in columns)
        {
            _writer.Text(name);
            TypeCode.Write(_writer, reader.Type);
        }

        _writer.End();
    }

    private void Chunk(int rows, nint chunk, IReadOnlyList<(string Name, VectorReader Reader)> columns)
    {
        _writer.Begin(Frame.Chunk).Int32(rows);
        for (var i = 0; i < columns.Count; i++) { columns[i].Reader.Write(_writer, Api.duckdb_data_chunk_get_vector(chunk, (ulong)i), null, rows); }

        _writer.End();
        if (_writer.Length >= FlushBytes) { Flush(); }
    }

    private void Done(long changed)
    {
        _writer.Begin(Frame.Done).Int64(changed);
        _writer.End();
    }

    private void Fail(DuckDbErrorKind kind, string message)
    {
        _writer.Begin(Frame.Failed).Byte((byte)kind);
        _writer.Text(message);
        _writer.End();
    }

    private void Flush()
    {
        _output.Write(_writer.WrittenSpan);
        _writer.Clear();
    }
}
