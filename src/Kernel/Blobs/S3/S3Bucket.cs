using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Slipway.Kernel;

/// <summary>The calls to one bucket that blobs need. Keys are without the prefix. Every failure is a <see cref="StorageException"/> that names bucket and key. Thread safe.</summary>
internal sealed partial class S3Bucket : IDisposable
{
    // Amazon copies up to 5 GiB at once; larger objects are copied in parts.
    private const long MaxCopyBytes = 5L << 30;
    private const int CopiesAtOnce = 4;
    private readonly S3Options _options;
    private readonly AmazonS3Client _client;
    private readonly AmazonS3Client _patient;
    private readonly AmazonS3Client _signing;
    private readonly long _copyBytes;
    private readonly int _retries;

    /// <param name="copyBytes">What is copied in one call; smaller in tests only.</param>
    /// <param name="retries">How often a call is tried again after a failure that may pass.</param>
    /// <exception cref="StorageException">The settings do not lead to a bucket.</exception>
    public S3Bucket(S3Options options, long copyBytes = MaxCopyBytes, int retries = 4)
    {
        (_options, _copyBytes, _retries) = (options, copyBytes, retries);
        try
        {
            _client = NewClient(options.Endpoint, TimeSpan.FromMinutes(5));
            // A store may take its time before it answers that gigabytes were copied or put together.
            _patient = NewClient(options.Endpoint, TimeSpan.FromMinutes(60));
            _signing = NewClient(options.PublicEndpoint ?? options.Endpoint, TimeSpan.FromMinutes(5));
        }
        catch (Exception error) when (S3Faults.IsOfTheStore(error)) { throw S3Faults.Describe(options, "open", options.Prefix, error); }
    }

    public S3Options Options => _options;

    public Task Put(string key, Stream content, CancellationToken ct) => Try("put", key, () => _client.PutObjectAsync(new PutObjectRequest
    {
        BucketName = _options.Bucket, Key = _options.Prefix + key, InputStream = content, AutoCloseStream = false, UseChunkEncoding = false, ContentType = "application/octet-stream",
    }, ct), ct);

    /// <summary>Null when there is no such object.</summary>
    public Task<long?> SizeOf(string key, CancellationToken ct) => Try<long?>("look at", key, async () =>
    {
        try { return (await _client.GetObjectMetadataAsync(_options.Bucket, _options.Prefix + key, ct)).ContentLength; }
        catch (AmazonS3Exception error) when (S3Faults.IsMissingKey(error)) { return null; }
    }, ct);

    /// <summary>A small object whole; null when there is none.</summary>
    public Task<byte[]?> Get(string key, CancellationToken ct) => Try<byte[]?>("get", key, async () =>
    {
        try
        {
            using var answer = await _client.GetObjectAsync(_options.Bucket, _options.Prefix + key, ct);
            using var bytes = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(bytes, ct);
            return bytes.ToArray();
        }
        catch (AmazonS3Exception error) when (S3Faults.IsMissingKey(error)) { return null; }
    }, ct);

    /// <summary>The stream of a part of an object, from its first byte; null when the object is not there or ends before it.</summary>
    public Task<Stream?> Open(string key, BlobRange range, CancellationToken ct) => Try<Stream?>("get", key, async () =>
    {
        try
        {
            var answer = await _client.GetObjectAsync(new GetObjectRequest { BucketName = _options.Bucket, Key = _options.Prefix + key, ByteRange = new ByteRange(range.Offset, range.Offset + range.Length - 1) }, ct);
            return answer.ResponseStream;
        }
        catch (AmazonS3Exception error) when (S3Faults.IsMissingKey(error) || error.StatusCode == System.Net.HttpStatusCode.RequestedRangeNotSatisfiable) { return null; }
    }, ct);

    /// <summary>What is not there is gone already.</summary>
    public Task Delete(string key, CancellationToken ct) => Try("delete", key, () => _client.DeleteObjectAsync(_options.Bucket, _options.Prefix + key, ct), ct);

    /// <summary>A copy within the bucket, made by the store.</summary>
    public async Task Copy(string from, string to, long sizeBytes, CancellationToken ct)
    {
        if (sizeBytes <= _copyBytes)
        {
            await Try("copy to", to, () => _patient.CopyObjectAsync(_options.Bucket, _options.Prefix + from, _options.Bucket, _options.Prefix + to, ct), ct);
            return;
        }

        var upload = await Begin(to, ct);
        try
        {
            var parts = new PartETag[(int)((sizeBytes + _copyBytes - 1) / _copyBytes)];
            await Parallel.ForEachAsync(Enumerable.Range(0, parts.Length), new ParallelOptions { MaxDegreeOfParallelism = CopiesAtOnce, CancellationToken = ct }, async (i, stop) =>
                parts[i] = await Try("copy to", to, async () =>
                {
                    var copied = await _patient.CopyPartAsync(new CopyPartRequest
                    {
                        SourceBucket = _options.Bucket, SourceKey = _options.Prefix + from, DestinationBucket = _options.Bucket, DestinationKey = _options.Prefix + to,
                        UploadId = upload, PartNumber = i + 1, FirstByte = i * _copyBytes, LastByte = Math.Min(sizeBytes, (i + 1) * _copyBytes) - 1,
                    }, stop);
                    return new PartETag(i + 1, copied.ETag);
                }, stop));
            await Complete(to, upload, parts, ct);
        }
        catch
        {
            await TryAbort(to, upload);
            throw;
        }
    }

    /// <summary>Begins an upload in parts; its id.</summary>
    public Task<string> Begin(string key, CancellationToken ct) => Try("begin", key, async () => (await _client.InitiateMultipartUploadAsync(
        new InitiateMultipartUploadRequest { BucketName = _options.Bucket, Key = _options.Prefix + key, ContentType = "application/octet-stream" }, ct)).UploadId, ct);

    /// <param name="number">From 1.</param>
    public Task<PartETag> PutPart(string key, string upload, int number, Stream content, CancellationToken ct) => Try("put a part of", key, async () => new PartETag(number, (await _client.UploadPartAsync(
        new UploadPartRequest
        {
            BucketName = _options.Bucket, Key = _options.Prefix + key, UploadId = upload, PartNumber = number, PartSize = content.Length, InputStream = content, UseChunkEncoding = false,
        }, ct)).ETag), ct);

    public Task Complete(string key, string upload, IEnumerable<PartETag> parts, CancellationToken ct) => Try("complete", key, () => _patient.CompleteMultipartUploadAsync(
        new CompleteMultipartUploadRequest { BucketName = _options.Bucket, Key = _options.Prefix + key, UploadId = upload, PartETags = [.. parts] }, ct), ct);

    /// <summary>Gives an upload up, and waits for no longer than ten seconds; what stays is removed later by <see cref="S3Leftovers"/>.</summary>
    public async Task TryAbort(string key, string upload)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try { await _client.AbortMultipartUploadAsync(_options.Bucket, _options.Prefix + key, upload, limit.Token); }
        catch (Exception error) when (S3Faults.IsOfTheStore(error)) { return; }
    }

    /// <summary>As <see cref="TryAbort"/>, for an object.</summary>
    public async Task TryDelete(string key)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try { await _client.DeleteObjectAsync(_options.Bucket, _options.Prefix + key, limit.Token); }
        catch (Exception error) when (S3Faults.IsOfTheStore(error)) { return; }
    }

    /// <summary>Keys that begin so and were last changed before then, at most 1,000.</summary>
    public Task<List<string>> Older(string start, DateTimeOffset before, CancellationToken ct) => Try("list", start, async () =>
    {
        var answer = await _client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = _options.Bucket, Prefix = _options.Prefix + start, MaxKeys = 1000 }, ct);
        return (answer.S3Objects ?? []).Where(item => item.LastModified is { } changed && changed.ToUniversalTime() < before.UtcDateTime).Select(item => item.Key[_options.Prefix.Length..]).ToList();
    }, ct);

    /// <summary>Uploads in parts under keys that begin so, begun before then and not ended, at most 1,000; none where the store cannot list them.</summary>
    public Task<List<(string Key, string Upload)>> OpenUploads(string start, DateTimeOffset before, CancellationToken ct) => Try("list uploads of", start, async () =>
    {
        try
        {
            var answer = await _client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = _options.Bucket, Prefix = _options.Prefix + start, MaxUploads = 1000 }, ct);
            return (answer.MultipartUploads ?? []).Where(item => item.Initiated is { } begun && begun.ToUniversalTime() < before.UtcDateTime)
                .Select(item => (item.Key[_options.Prefix.Length..], item.UploadId)).ToList();
        }
        catch (AmazonS3Exception error) when (error.StatusCode == System.Net.HttpStatusCode.NotImplemented) { return []; }
    }, ct);

    public void Dispose()
    {
        _client.Dispose();
        _patient.Dispose();
        _signing.Dispose();
    }

    private AmazonS3Client NewClient(Uri? address, TimeSpan timeout)
    {
        var config = new AmazonS3Config
        {
            Timeout = timeout, ConnectTimeout = TimeSpan.FromSeconds(10), MaxErrorRetry = _retries, BufferSize = 64 * 1024,
            ForcePathStyle = _options.PathStyle ?? _options.Endpoint is not null,
            // We check content by its own digests, and self-hosted stores do not know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (address is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = _options.Region ?? "us-east-1";
        }
        else if (_options.Region is { } region) { config.RegionEndpoint = RegionEndpoint.GetBySystemName(region); }

        return _options.AccessKey is { } key ? new AmazonS3Client(new BasicAWSCredentials(key, _options.SecretKey), config) : new AmazonS3Client(config);
    }

    private async Task<T> Try<T>(string doing, string key, Func<Task<T>> call, CancellationToken ct)
    {
        try { return await call(); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { throw; }
        catch (Exception error) when (S3Faults.IsOfTheStore(error)) { throw S3Faults.Describe(_options, doing, _options.Prefix + key, error); }
    }
}
