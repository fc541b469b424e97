using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Kernel;

/// <summary>Addresses for others, and the end of what they have put there.</summary>
internal sealed partial class S3Bucket
{
    // Whatever clock the server runs by, the store compares with the real one.
    private static DateTime After(TimeSpan valid) => TimeProvider.System.GetUtcNow().UtcDateTime + valid;

    private Protocol Protocol => (_options.PublicEndpoint ?? _options.Endpoint) is { Scheme: "http" } ? Protocol.HTTP : Protocol.HTTPS;

    public Task<Uri> SignPart(string key, string upload, int number, TimeSpan valid) => Sign(new GetPreSignedUrlRequest
    {
        BucketName = _options.Bucket, Key = _options.Prefix + key, Verb = HttpVerb.PUT, UploadId = upload, PartNumber = number, Expires = After(valid), Protocol = Protocol,
    });

    public Task<Uri> SignGet(string key, string fileName, TimeSpan valid) => Sign(new GetPreSignedUrlRequest
    {
        BucketName = _options.Bucket, Key = _options.Prefix + key, Verb = HttpVerb.GET, Expires = After(valid), Protocol = Protocol,
        ResponseHeaderOverrides = new ResponseHeaderOverrides
        {
            // As bytes to be saved: what somebody's code made is not shown as a page of the store's address.
            ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(fileName)}", ContentType = "application/octet-stream",
        },
    });

    /// <summary>As <see cref="Complete"/>, for parts that somebody else names; null, or why the store refuses them.</summary>
    public Task<string?> TryComplete(string key, string upload, IReadOnlyList<PartETag> parts, CancellationToken ct) => Try<string?>("complete", key, async () =>
    {
        try
        {
            await _patient.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = _options.Bucket, Key = _options.Prefix + key, UploadId = upload, PartETags = [.. parts] }, ct);
            return null;
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "InvalidPart" or "InvalidPartOrder" or "EntityTooSmall" or "EntityTooLarge" or "NoSuchUpload" or "MalformedXML" or "InvalidArgument")
        {
            return $"{error.ErrorCode}: {error.Message}";
        }
    }, ct);

    private Task<Uri> Sign(GetPreSignedUrlRequest request) =>
        Try("sign", request.Key, async () => new Uri(await _signing.GetPreSignedURLAsync(request)), CancellationToken.None);
}
