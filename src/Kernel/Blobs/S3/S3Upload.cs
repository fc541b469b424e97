using Amazon.S3.Model;

namespace Slipway.Kernel;

/// <summary>
/// Takes a content whose name is not known yet: collects a part in a file, sends it while the next one is collected, and gives the whole its name at the end by a copy
/// within the bucket. What fits into one part is put at once, under its name. One thread at a time.
/// </summary>
internal sealed class S3Upload(S3Bucket bucket, ArrivingFolder folder, string temporaryKey) : IAsyncDisposable
{
    private readonly List<PartETag> _parts = [];
    private FileStream? _part;
    private Task? _sending;
    private string? _upload;
    private long _sizeBytes;
    private int _number;
    private bool _complete;

    /// <param name="number">From 1.</param>
    /// <remarks>Together the 10,000 parts that are allowed hold more than an artifact may; uniform for the first 16 GB, since some stores want that.</remarks>
    internal static long BytesOfPart(int number) => number <= 1_000 ? 16L << 20 : number <= 4_000 ? 64L << 20 : 256L << 20;

    /// <exception cref="StorageException">The bucket or the disk failed.</exception>
    public async Task Write(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            _part ??= new FileStream(folder.NewPath(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
            await _part.WriteAsync(bytes, ct);
        }
        catch (IOException error) { throw DurableFiles.Describe(error, "uploads on their way"); }

        _sizeBytes += bytes.Length;
        if (_part.Length >= BytesOfPart(_number + 1)) { await Send(ct); }
    }

    /// <summary>Gives what was written its name; it is there whole, or not at all.</summary>
    public async Task Finish(string key, CancellationToken ct)
    {
        if (_upload is null && _part is { } only)
        {
            only.Position = 0;
            await bucket.Put(key, only, ct);
            return;
        }

        if (_part is not null) { await Send(ct); }

        await _sending!;
        await bucket.Complete(temporaryKey, _upload!, _parts, ct);
        _complete = true;
        await bucket.Copy(temporaryKey, key, _sizeBytes, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_sending is { } last) { await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); }

        if (_part is not null) { await _part.DisposeAsync(); }

        if (_upload is null) { return; }

        if (_complete) { await bucket.TryDelete(temporaryKey); }
        else { await bucket.TryAbort(temporaryKey, _upload); }
    }

    private async Task Send(CancellationToken ct)
    {
        _upload ??= await bucket.Begin(temporaryKey, ct);
        if (_sending is not null) { await _sending; }

        var part = _part!;
        _part = null;
        _number++;
        _sending = Send(part, _number, ct);
    }

    private async Task Send(FileStream part, int number, CancellationToken ct)
    {
        await using (part)
        {
            part.Position = 0;
            _parts.Add(await bucket.PutPart(temporaryKey, _upload!, number, part, ct));
        }
    }
}
