using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

/// <summary>
/// A blob for <c>Results.Stream</c>, which decides about ranges and conditions and says in the headers how much it sends. Asked for the first bytes, this copies all of
/// those right from the store into the response and ends: no buffer between, and the next chunk is read while one is sent.
/// </summary>
public sealed class SentBlobStream(IBlobStore blobs, BlobInfo blob, HttpResponse response) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => blob.SizeBytes;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await blobs.CopyTo(blob.Digest, new BlobRange(Position, response.ContentLength ?? throw new InvalidOperationException("The headers do not say how much is sent.")), response.Body, cancellationToken);
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob is sent without blocking a thread.");

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A blob never changes.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob never changes.");
}
