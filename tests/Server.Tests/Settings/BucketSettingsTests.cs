using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Kernel;

namespace Slipway.Server.Tests;

public sealed class BucketSettingsTests
{
    [Theory]
    [InlineData("s3://slipway", "slipway", "")]
    [InlineData("s3://slipway/", "slipway", "")]
    [InlineData("s3://my.bucket-1/a/b/", "my.bucket-1", "a/b/")]
    public void A_bucket_and_a_prefix_are_read_from_one_address(string blobs, string bucket, string prefix)
    {
        var options = new ServerOptions { Blobs = blobs, S3Endpoint = "http://127.0.0.1:9000" };

        Assert.Empty(ServerOptionsFaults.Of(options));
        Assert.Equal((bucket, prefix, "http://127.0.0.1:9000/"), (options.Bucket!.Bucket, options.Bucket.Prefix, options.Bucket.Endpoint!.ToString()));
    }

    [Theory]
    [InlineData("blobs: 'UPPER' is no name of a bucket", "s3://UPPER", null, null, null, null)]
    [InlineData("blobs: the prefix 'a//b'", "s3://slipway/a//b", null, null, null, null)]
    [InlineData("blobs: 'gs://x' is neither a folder nor a bucket", "gs://x", null, null, null, null)]
    [InlineData("s3-endpoint: 'minio:9000' is not an address", "s3://slipway", "minio:9000", null, null, null)]
    [InlineData("s3-endpoint: 'http://a:b@minio' is not an address", "s3://slipway", "http://a:b@minio", null, null, null)]
    [InlineData("s3-path-style: 'perhaps' is neither true nor false", "s3://slipway", null, "perhaps", null, null)]
    [InlineData("s3-access-key, s3-secret-key: one needs the other", "s3://slipway", null, null, "key", null)]
    [InlineData("s3-direct: 'downloads' is neither none, uploads nor all", "s3://slipway", null, null, null, "downloads")]
    [InlineData("s3-endpoint: it is set, but blobs names no bucket", null, "http://minio:9000", null, null, null)]
    [InlineData("s3-direct: it is set, but blobs names no bucket", "a/folder", null, null, null, "all")]
    public void A_fault_says_what_would_be_right(string expected, string? blobs, string? endpoint, string? style, string? key, string? direct)
    {
        var faults = ServerOptionsFaults.Of(new ServerOptions { Blobs = blobs, S3Endpoint = endpoint, S3PathStyle = style, S3AccessKey = key, S3Direct = direct });

        Assert.Contains(faults, fault => fault.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_its_bucket_does_not_start_and_says_why()
    {
        var bucket = await TestBucket.Open();

        var refused = await Assert.ThrowsAsync<StorageException>(() => TestServer.Start(TestDatabase.Sqlite, options => bucket.Use(options) with { Blobs = "s3://no-such-bucket/a" }));

        Assert.StartsWith($"The bucket 'no-such-bucket' at {bucket.Endpoint} does not exist; make it, or correct the setting 'blobs'.", refused.Message, StringComparison.Ordinal);
        Assert.True(Serve.IsForTheOperator(refused));
    }

    [Fact]
    public async Task A_bucket_that_fails_later_is_a_503_and_the_records_are_still_read()
    {
        var bucket = await TestBucket.Open();
        await using var server = await TestServer.Start(TestDatabase.Sqlite, bucket.Use, services: services => services.AddSingleton<IBlobStore>(provider =>
            new S3BlobStore(bucket.Options(Path.Combine(Path.GetTempPath(), Ids.New(TimeProvider.System))) with { Bucket = "gone-bucket" }, TimeProvider.System)));

        using var upload = await server.Http.PostAsync("/api/v1/w/default/pipelines/files", new ByteArrayContent([1]));
        using var list = await server.Http.GetAsync("/api/v1/w/default/experiments");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, upload.StatusCode);
        Assert.Contains("storage_unavailable", await upload.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("gone-bucket", await upload.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }
}
