using Microsoft.Win32.SafeHandles;

namespace Slipway.Kernel;

/// <summary>Unchecked bytes of one stored blob, for <see cref="BlobReader"/>. One thread at a time.</summary>
internal interface IBlobSource : IDisposable
{
    long SizeBytes { get; }

    /// <summary>Fills the buffer from <paramref name="offset"/> on; fewer bytes only where the blob ends.</summary>
    ValueTask<int> Read(Memory<byte> buffer, long offset, CancellationToken ct);
}

/// <summary>A blob that is a file.</summary>
internal sealed class FileSource : IBlobSource
{
    private readonly SafeFileHandle _file;
    private readonly bool _inPassing;

    private FileSource(SafeFileHandle file, bool inPassing) => (_file, _inPassing, SizeBytes) = (file, inPassing, RandomAccess.GetLength(file));

    public long SizeBytes { get; }

    /// <param name="inPassing">What is read need not stay in memory; see <see cref="PageCache"/>.</param>
    /// <exception cref="BlobMissingException">No such file.</exception>
    /// <exception cref="BlobCorruptException">The size or the list of chunk digests is wrong.</exception>
    public static BlobReader Open(string path, string digest, bool inPassing = false)
    {
        FileSource source;
        try { source = new FileSource(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), inPassing); }
        catch (FileNotFoundException) { throw new BlobMissingException(digest); }

        try { return new BlobReader(digest, source, File.Exists(path + ".chunks") ? File.ReadAllBytes(path + ".chunks") : null); }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public async ValueTask<int> Read(Memory<byte> buffer, long offset, CancellationToken ct)
    {
        for (var have = 0; ;)
        {
            var read = await RandomAccess.ReadAsync(_file, buffer[have..], offset + have, ct);
            have += read;
            if (_inPassing) { PageCache.Read(_file, offset + have); }

            if (read == 0 || have == buffer.Length) { return have; }
        }
    }

    public void Dispose() => _file.Dispose();
}
