using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Kernel;

/// <summary>What a bucket refuses or fails at, in the words of its operator.</summary>
internal static class S3Faults
{
    public static bool IsMissingKey(Exception error) =>
        error is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: "NoSuchKey" or "NotFound" or "" or null };

    /// <summary>An answer of the store or a failed way to it; anything else is a defect of ours.</summary>
    public static bool IsOfTheStore(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException or OperationCanceledException or System.Xml.XmlException;

    /// <param name="doing">What was tried, as in "could not DOING KEY".</param>
    public static StorageException Describe(S3Options options, string doing, string key, Exception error)
    {
        var place = $"The bucket '{options.Bucket}'{(options.Endpoint is { } endpoint ? $" at {endpoint}" : options.Region is { } region ? $" in {region}" : "")}";
        var full = error is AmazonServiceException { StatusCode: HttpStatusCode.InsufficientStorage } or AmazonServiceException { ErrorCode: "XMinioStorageFull" or "QuotaExceeded" or "QuotaExceededException" };
        var what = error switch
        {
            AmazonServiceException { ErrorCode: "NoSuchBucket" } => "does not exist; make it, or correct the setting 'blobs'",
            AmazonServiceException { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" } refused =>
                $"does not accept the credentials ({refused.ErrorCode}); correct s3-access-key and s3-secret-key, or what the usual chain of AWS finds",
            AmazonServiceException { StatusCode: HttpStatusCode.Forbidden } =>
                "refuses (AccessDenied); the credentials need s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload, s3:ListBucket and s3:ListBucketMultipartUploads there",
            AmazonServiceException { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect } => "lies in another region; correct s3-region",
            AmazonServiceException service when full => $"is full ({service.ErrorCode}); free space, then try again",
            AmazonServiceException service => $"failed ({(int)service.StatusCode} {service.ErrorCode}: {service.Message})",
            OperationCanceledException or TimeoutException => "does not answer in time",
            _ => $"cannot be reached ({Innermost(error).Message})",
        };
        return new StorageException($"{place} {what}. What was tried: {doing} '{key}'.", full, error);
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
