using System.Buffers;
using Microsoft.Win32.SafeHandles;

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
                var offset = hasher.SizeBytes;
                // Both take about as long, and neither needs the other.
                var writing = Task.Run(() => WriteAt(file, buffer.AsSpan(0, read), offset), CancellationToken.None);
                hasher.Append(buffer.AsSpan(0, read));
                await writing;
                if (read == BufferBytes) { continue; }

                RandomAccess.FlushToDisk(file);
                PageCache.Synced(file, hasher.SizeBytes);
                return hasher.Finish();
            }
        }
        catch (IOException error) when (!reading) { throw DurableFiles.Describe(error, "the blobs"); }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    private static void WriteAt(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        RandomAccess.Write(file, bytes, offset);
        PageCache.Written(file, offset + bytes.Length);
    }
}
