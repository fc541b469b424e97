using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Slipway.Client;

/// <summary>A stream as the body of a request, copied by pieces, with its SHA-256 when it has been sent.</summary>
internal sealed class HashedContent : HttpContent
{
    private const int BufferBytes = 128 * 1024;
    private readonly Stream _source;
    private readonly long? _length;

    /// <param name="source">Read from where it stands; not closed.</param>
    /// <param name="length">What is left of it; null = not known, it is sent in chunks.</param>
    public HashedContent(Stream source, long? length, string mediaType)
    {
        (_source, _length) = (source, length);
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <summary>64 lower-case hex digits; null until everything was sent.</summary>
    public string? Digest { get; private set; }

    public long SizeBytes { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await _source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            SizeBytes += read;
        }

        Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }
}

/// <summary>A body that can be sent again.</summary>
internal static class Replay
{
    /// <summary>From where the stream stands now, at each attempt; one that cannot go back is sent once.</summary>
    public static Func<HttpContent> Of(Stream stream, Func<Stream, long?, HttpContent> content)
    {
        var (start, sent) = (stream.CanSeek ? stream.Position : 0, false);
        return () =>
        {
            if (sent && !stream.CanSeek) { throw new SlipwayException("The upload failed, and its stream cannot be read from the beginning again."); }

            if (sent) { stream.Position = start; }

            sent = true;
            return content(stream, stream.CanSeek ? stream.Length - start : null);
        };
    }
}
