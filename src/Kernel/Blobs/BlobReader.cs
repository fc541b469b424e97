using System.Buffers;
using System.Security.Cryptography;

namespace Slipway.Kernel;

/// <summary>Reads a blob chunk by chunk; gives out only chunks that match their digest. One thread at a time; holds one chunk of memory, two while it copies several.</summary>
internal sealed class BlobReader : IDisposable
{
    private static readonly string Empty = Convert.ToHexStringLower(SHA256.HashData([]));
    private readonly string _digest;
    private readonly IBlobSource _source;
    private readonly BlobChunks _chunks;
    private byte[]? _buffer;
    private long _loaded = -1;
    private int _length;

    /// <param name="source">Disposed with this, once the constructor has returned.</param>
    /// <param name="list">The bytes kept beside the blob; null = there are none.</param>
    /// <exception cref="BlobCorruptException">The size or the list of chunk digests is wrong.</exception>
    public BlobReader(string digest, IBlobSource source, byte[]? list)
    {
        (_digest, _source) = (digest, source);
        _chunks = Chunks(source.SizeBytes, list);
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(SizeBytes, 1), BlobChunks.ChunkBytes));
    }

    public long SizeBytes => _chunks.SizeBytes;

    /// <summary>Checked bytes from <paramref name="offset"/> to the end of its chunk; good until the next call. Empty at the end of the blob.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> At(long offset, CancellationToken ct)
    {
        if (offset >= SizeBytes) { return default; }

        var chunk = offset / BlobChunks.ChunkBytes;
        if (chunk != _loaded) { await Load(chunk, ct); }

        return Buffer.AsMemory(0, _length)[(int)(offset % BlobChunks.ChunkBytes)..];
    }

    /// <exception cref="BlobCorruptException">A chunk is not what was put.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the blob.</exception>
    public async Task CopyTo(BlobRange? range, Stream destination, CancellationToken ct)
    {
        var (offset, length) = range is { } part ? (part.Offset, part.Length) : (0, SizeBytes);
        if (offset < 0 || length < 0 || offset > SizeBytes - length)
        {
            throw new ArgumentOutOfRangeException(nameof(range), $"Bytes {offset} to {offset + length} of a blob of {SizeBytes} bytes.");
        }

        // The next chunk is read and checked while this one is taken.
        _loaded = -1;
        var (here, there) = (Buffer, offset % BlobChunks.ChunkBytes + length > BlobChunks.ChunkBytes ? ArrayPool<byte>.Shared.Rent(BlobChunks.ChunkBytes) : []);
        var second = there;
        var coming = length > 0 ? Fill(here, offset / BlobChunks.ChunkBytes, ct) : Task.FromResult(0);
        try
        {
            while (length > 0)
            {
                var start = (int)(offset % BlobChunks.ChunkBytes);
                var piece = here.AsMemory(start, (int)Math.Min(await coming - start, length));
                (offset, length, here, there) = (offset + piece.Length, length - piece.Length, there, here);
                if (length > 0)
                {
                    var (buffer, chunk) = (here, offset / BlobChunks.ChunkBytes);
                    coming = Task.Run(() => Fill(buffer, chunk, ct), ct);
                }

                await destination.WriteAsync(piece, ct);
            }
        }
        finally
        {
            await ((Task)coming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (second.Length > 0) { ArrayPool<byte>.Shared.Return(second); }
        }
    }

    /// <exception cref="BlobCorruptException">The content is not what its name says.</exception>
    public async Task CheckWhole(CancellationToken ct)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long offset = 0; offset < SizeBytes;)
        {
            var piece = await At(offset, ct);
            whole.AppendData(piece.Span);
            offset += piece.Length;
        }

        var found = Convert.ToHexStringLower(whole.GetCurrentHash());
        if (found != _digest) { throw new BlobCorruptException(_digest, null, $"its content and chunk digests agree, but the SHA-256 of the whole is {found}"); }
    }

    /// <summary>Streams are disposed twice as a matter of course; a buffer given back twice would be lent to two requests at once, which then read each other's bytes.</summary>
    public void Dispose()
    {
        _source.Dispose();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer) { ArrayPool<byte>.Shared.Return(buffer); }
    }

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(BlobReader));

    private async Task Load(long chunk, CancellationToken ct)
    {
        _loaded = -1;
        _length = await Fill(Buffer, chunk, ct);
        _loaded = chunk;
    }

    /// <summary>How many checked bytes now begin the buffer.</summary>
    private async Task<int> Fill(byte[] buffer, long chunk, CancellationToken ct)
    {
        var start = chunk * BlobChunks.ChunkBytes;
        var length = (int)Math.Min(BlobChunks.ChunkBytes, SizeBytes - start);
        var read = await _source.Read(buffer.AsMemory(0, length), start, ct);
        if (read < length) { throw new BlobCorruptException(_digest, chunk, $"it ends after {start + read} of {SizeBytes} bytes"); }

        return SHA256.HashData(buffer.AsSpan(0, length)).AsSpan().SequenceEqual(_chunks[chunk])
            ? length
            : throw new BlobCorruptException(_digest, chunk, "its bytes do not match the digest taken when they were put");
    }

    private BlobChunks Chunks(long size, byte[]? list)
    {
        if (size == 0 && _digest != Empty) { throw new BlobCorruptException(_digest, null, "it is empty, and bytes were put"); }

        if (list is null)
        {
            return size <= BlobChunks.ChunkBytes
                ? new BlobChunks(size, Convert.FromHexString(_digest))
                : throw new BlobCorruptException(_digest, null, $"it has {size} bytes and no list of chunk digests");
        }

        var chunks = BlobChunks.Parse(list) ?? throw new BlobCorruptException(_digest, null, "its list of chunk digests is damaged");
        return chunks.SizeBytes == size
            ? chunks
            : throw new BlobCorruptException(_digest, null, $"it has {size} bytes, {chunks.SizeBytes} were put");
    }
}
