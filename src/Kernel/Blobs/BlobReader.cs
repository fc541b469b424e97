using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Slipway.Kernel;

/// <summary>Reads a blob file chunk by chunk; gives out only chunks that match their digest. One thread at a time; holds one chunk of memory.</summary>
internal sealed class BlobReader : IDisposable
{
    private readonly string _digest;
    private readonly SafeFileHandle _file;
    private readonly BlobChunks _chunks;
    private byte[]? _buffer;
    private long _loaded = -1;
    private int _length;

    /// <exception cref="BlobMissingException">No such file.</exception>
    /// <exception cref="BlobCorruptException">The size or the list of chunk digests is wrong.</exception>
    public BlobReader(string path, string digest)
    {
        _digest = digest;
        try { _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete); }
        catch (FileNotFoundException) { throw new BlobMissingException(digest); }

        try { _chunks = Chunks(path); }
        catch
        {
            _file.Dispose();
            throw;
        }

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
        _file.Dispose();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer) { ArrayPool<byte>.Shared.Return(buffer); }
    }

    private byte[] Buffer => _buffer ?? throw new ObjectDisposedException(nameof(BlobReader));

    private async Task Load(long chunk, CancellationToken ct)
    {
        var start = chunk * BlobChunks.ChunkBytes;
        (_loaded, _length) = (-1, (int)Math.Min(BlobChunks.ChunkBytes, SizeBytes - start));
        for (var have = 0; have < _length;)
        {
            var read = await RandomAccess.ReadAsync(_file, Buffer.AsMemory(have, _length - have), start + have, ct);
            if (read == 0) { throw new BlobCorruptException(_digest, chunk, $"the file ends after {start + have} of {SizeBytes} bytes"); }

            have += read;
        }

        if (!SHA256.HashData(Buffer.AsSpan(0, _length)).AsSpan().SequenceEqual(_chunks[chunk]))
        {
            throw new BlobCorruptException(_digest, chunk, "its bytes do not match the digest taken when they were put");
        }

        _loaded = chunk;
    }

    private BlobChunks Chunks(string path)
    {
        var size = RandomAccess.GetLength(_file);
        var list = path + ".chunks";
        if (!File.Exists(list))
        {
            return size <= BlobChunks.ChunkBytes
                ? new BlobChunks(size, Convert.FromHexString(_digest))
                : throw new BlobCorruptException(_digest, null, $"it has {size} bytes and no list of chunk digests");
        }

        var chunks = BlobChunks.Parse(File.ReadAllBytes(list)) ?? throw new BlobCorruptException(_digest, null, "its list of chunk digests is damaged");
        return chunks.SizeBytes == size
            ? chunks
            : throw new BlobCorruptException(_digest, null, $"the file has {size} bytes, {chunks.SizeBytes} were put");
    }
}
