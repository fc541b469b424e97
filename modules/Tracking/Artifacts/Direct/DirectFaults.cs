using Slipway.Kernel;

namespace Slipway.Tracking.Artifacts.Direct;

internal static class DirectFaults
{
    /// <summary>MLflow's words; its clients then go through the server.</summary>
    public static Problem NotOffered(string direction) => new(501, "not_implemented", $"Multipart {direction} is not supported for the current artifact repository");

    /// <summary>The same for one that never was, another's, and one of another place.</summary>
    public static Problem NoUpload(string uploadId) => new(404, "not_found", $"There is no upload '{(uploadId.Length <= 64 ? uploadId : "")}' of yours for this artifact; it may have expired. Begin a new one.");

    public static readonly Problem Busy = new(503, "upload_busy", "This upload is being put together just now; ask again in a few seconds.") { RetryAfterSeconds = 5 };
}
