using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Slipway.Tracking.Mlflow;

/// <summary>A path of the artifact proxy: <c>EXPERIMENT/RUN/artifacts/NAME…</c> or <c>EXPERIMENT/models/MODEL/artifacts/NAME…</c>, as artifact URIs say.</summary>
/// <param name="OwnerId">A run's or a logged model's id.</param>
/// <param name="Path">The artifact's name or a directory; empty = the root.</param>
internal sealed record ArtifactAddress(string OwnerId, string Path)
{
    public const string Proxy = "/mlflow-artifacts/artifacts/";

    /// <summary>Null when it is neither's.</summary>
    public static ArtifactAddress? Parse(string path)
    {
        var parts = path.Split('/');
        var at = Array.IndexOf(parts, "artifacts");
        return at >= 2 ? new ArtifactAddress(parts[at - 1], string.Join('/', parts[(at + 1)..])) : null;
    }

    /// <summary>
    /// The path as it was sent, decoded once and as a whole. The router would leave an encoded slash as it is, so that the same name came out in two forms.
    /// </summary>
    /// <param name="marker">What stands before the path.</param>
    public static string PathOf(HttpRequest request, string marker = Proxy)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var start = target.IndexOf(marker, StringComparison.Ordinal);
        if (start < 0) { return request.RouteValues["path"] as string ?? ""; }

        start += marker.Length;
        var end = target.IndexOf('?', start);
        return Uri.UnescapeDataString(target[start..(end < 0 ? target.Length : end)]);
    }
}
