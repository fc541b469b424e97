namespace Slipway.Kernel;

/// <summary>
/// Reads an object through windows that grow while it is read on and on: one chunk for a reader that jumps, few requests for one that goes through. A connection that
/// breaks is taken up again where it broke, a few times.
/// </summary>
internal sealed class S3Source : IBlobSource
{
    private const long LongestWindow = 16L << 20;
    private const int Retries = 3;
    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(60);
    private readonly S3Bucket _bucket;
    private readonly string _key;
    private readonly long _stop;
    private Stream? _open;
    private long _at;
    private long _end;
    private long _window;

    /// <param name="through">Null = nobody knows how far it will be read; otherwise the part that will be read from its beginning to its end.</param>
    public S3Source(S3Bucket bucket, string key, long sizeBytes, BlobRange? through)
    {
        (_bucket, _key, SizeBytes) = (bucket, key, sizeBytes);
        _window = through is null ? BlobChunks.ChunkBytes : LongestWindow;
        _stop = through is { } range ? Math.Min(sizeBytes, (range.Offset + range.Length + BlobChunks.ChunkBytes - 1) / BlobChunks.ChunkBytes * BlobChunks.ChunkBytes) : sizeBytes;
    }

    public long SizeBytes { get; }

    public async ValueTask<int> Read(Memory<byte> buffer, long offset, CancellationToken ct)
    {
        var have = 0;
        for (var failures = 0; have < buffer.Length && offset + have < SizeBytes;)
        {
            var left = buffer[have..];
            if ((_open is null || _at != offset + have || _at == _end) && !await OpenAt(offset + have, left.Length, ct)) { return have; }

            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                limit.CancelAfter(ReadLimit);
                var read = await _open!.ReadAsync(left[..(int)Math.Min(left.Length, _end - _at)], limit.Token);
                if (read == 0) { throw new EndOfStreamException("the connection ended"); }

                (have, _at) = (have + read, _at + read);
            }
            catch (Exception error) when (!ct.IsCancellationRequested && S3Faults.IsOfTheStore(error))
            {
                Close();
                if (++failures > Retries) { throw S3Faults.Describe(_bucket.Options, "read", _bucket.Options.Prefix + _key, error); }
            }
        }

        return have;
    }

    public void Dispose() => Close();

    private async Task<bool> OpenAt(long offset, int wanted, CancellationToken ct)
    {
        var goesOn = offset == _end && _end > 0;
        Close();
        if (goesOn) { _window = Math.Min(_window * 2, LongestWindow); }

        _end = Math.Max(offset + wanted, Math.Min(offset + _window, _stop));
        _end = Math.Min(_end, SizeBytes);
        _open = await _bucket.Open(_key, new BlobRange(offset, _end - offset), ct);
        _at = offset;
        return _open is not null;
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }
}
