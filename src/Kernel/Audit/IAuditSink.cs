namespace Slipway.Kernel;

/// <summary>Gets the whole log once, in order: to export it or to verify it.</summary>
internal interface IAuditSink
{
    void Header(string origin, long size, IReadOnlyList<byte[]> publicKeys);

    void Entry(StoredEntry entry);

    void Checkpoint(string note);

    /// <summary>After each page: passes on what has gathered.</summary>
    Task Flush(CancellationToken ct);
}
