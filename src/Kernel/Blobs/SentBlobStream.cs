using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

/// <summary>
/// A blob for <c>Results.Stream</c>, which decides about ranges and conditions and says in the headers how much it sends. Asked for the first bytes, this copies all of
/// those right from the store into the response and ends: no buffer between, and the next chunk is read while one is sent.
/// </summary>
public sealed class SentBlobStream : BlobContentStream
{
    private readonly IBlobStore _blobs;
    private readonly string _digest;
    private readonly HttpResponse _response;

    public SentBlobStream(IBlobStore blobs, BlobInfo blob, HttpResponse response)
        : base(blob.SizeBytes) => (_blobs, _digest, _response) = (blobs, blob.Digest, response);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = _response.ContentLength ?? throw new InvalidOperationException("The headers do not say how much is sent.");
        await _blobs.CopyTo(_digest, new BlobRange(Position, count), _response.Body, cancellationToken);
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A blob is sent without blocking a thread.");
}
