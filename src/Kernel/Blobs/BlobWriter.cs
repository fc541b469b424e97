using System.Buffers;

namespace Slipway.Kernel;

/// <summary>Writes a stream to a new file, computing the digest of the whole and of each chunk on the way.</summary>
internal static class BlobWriter
{
    // A quarter of a chunk: large enough that calls do not count, small enough that many uploads at once stay small.
    public const int BufferBytes = BlobChunks.ChunkBytes / 4;

    /// <summary>Returns once the content is on the disk; the name is not durable yet.</summary>
    /// <exception cref="StorageException">The disk failed. What the source of the content throws passes as it is.</exception>
    public static async Task<(string Digest, BlobChunks Chunks)> Write(string path, Stream content, CancellationToken ct)
    {
        using var hasher = new BlobHasher();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var reading = false;
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            while (true)
            {
                reading = true;
                var read = await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, throwOnEndOfStream: false, ct);
                reading = false;
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), hasher.SizeBytes, ct);
                hasher.Append(buffer.AsSpan(0, read));
                if (read == BufferBytes) { continue; }

                RandomAccess.FlushToDisk(file);
                return hasher.Finish();
            }
        }
        catch (IOException error) when (!reading) { throw DurableFiles.Describe(error, "the blobs"); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }
}
