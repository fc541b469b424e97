using System.Buffers;
using System.Security.Cryptography;

namespace Slipway.Kernel;

/// <summary>Writes a stream to a new file, computing the digest of the whole and of each chunk on the way.</summary>
internal static class BlobWriter
{
    // A quarter of a chunk: large enough that calls do not count, small enough that many uploads at once stay small.
    private const int BufferBytes = BlobChunks.ChunkBytes / 4;

    /// <summary>Returns once the content is on the disk; the name is not durable yet.</summary>
    /// <exception cref="StorageException">The disk failed. What the source of the content throws passes as it is.</exception>
    public static async Task<(string Digest, BlobChunks Chunks)> Write(string path, Stream content, CancellationToken ct)
    {
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var digests = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var reading = false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            for (long size = 0; ;)
            {
                reading = true;
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, throwOnEndOfStream: false, ct);
                reading = false;
                whole.AppendData(buffer, 0, read);

                // The digest of the first chunk is that of the whole so far: a blob of one chunk is hashed once.
                if (size >= BlobChunks.ChunkBytes) { chunk.AppendData(buffer, 0, read); }

                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), size, ct);
                size += read;
                if (read > 0 && (size % BlobChunks.ChunkBytes == 0 || read < BufferBytes))
                {
                    digests.Write(size <= BlobChunks.ChunkBytes ? whole.GetCurrentHash() : chunk.GetHashAndReset());
                }

                if (read == BufferBytes) { continue; }

                RandomAccess.FlushToDisk(file);
                return (Convert.ToHexStringLower(whole.GetCurrentHash()), new BlobChunks(size, digests.ToArray()));
            }
        }
        catch (IOException error) when (!reading) { throw DurableFiles.Describe(error, "the blobs"); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }
}
