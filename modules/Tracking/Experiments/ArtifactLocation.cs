using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Tracking.Experiments;

/// <summary>Where clients put the artifacts of an experiment: a URI that we store and hand out, and never open.</summary>
internal static class ArtifactLocation
{
    /// <summary>Scheme of artifacts kept by this server.</summary>
    public const string Own = "mlflow-artifacts:/";

    /// <summary>False for an address elsewhere, which clients write to and read from by themselves.</summary>
    public static bool IsOwn(string uri) => uri.StartsWith(Own, StringComparison.Ordinal) && !uri.StartsWith(Own + "/", StringComparison.Ordinal);

    public static string OfExperiment(long id) => Own + id.ToString(CultureInfo.InvariantCulture);

    public static string OfRun(string experimentLocation, string runId) => Below(experimentLocation, $"{runId}/artifacts");

    public static string OfModel(string experimentLocation, string modelId) => Below(experimentLocation, $"models/{modelId}/artifacts");

    /// <returns>Null when it may be used.</returns>
    public static Problem? Fault(string location)
    {
        if (location.Contains('#', StringComparison.Ordinal) || location.Contains(';', StringComparison.Ordinal))
        {
            return Problem.Invalid("artifact_location", "'artifact_location' URL can't include fragments or params.");
        }

        if (!location.Contains(':', StringComparison.Ordinal) || location.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return Problem.Invalid(
                "artifact_location", $"'artifact_location' is '{location}', a path on the server's own disk, which is not used for artifacts; leave it out or give a URI such as s3://bucket/path.");
        }

        // Dot segments would let one location stand for another.
        return location.Split('/', '\\', '?', '&', '=').Any(part => Uri.UnescapeDataString(Uri.UnescapeDataString(part)) is "." or ".." || part.Contains("..%", StringComparison.Ordinal))
            ? Problem.Invalid("artifact_location", $"'artifact_location' is '{location}'; it can't include '.' or '..' parts.")
            : null;
    }

    private static string Below(string experimentLocation, string place)
    {
        // A query stays at the end: s3://bucket/path?x=1 becomes s3://bucket/path/RUN/artifacts?x=1.
        var query = experimentLocation.IndexOf('?', StringComparison.Ordinal);
        var (path, rest) = query < 0 ? (experimentLocation, "") : (experimentLocation[..query], experimentLocation[query..]);
        return $"{path.TrimEnd('/')}/{place}{rest}";
    }
}
