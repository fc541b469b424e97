using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Slipway.Datasets.Engine;
using Slipway.Datasets.Tables;
using Slipway.Kernel;

namespace Slipway.Datasets.Ingest;

/// <summary>The body of a request as a file, up to the limit of dataset files.</summary>
internal static class UploadedFile
{
    /// <summary>Refuses what says it is too large before its first byte; otherwise lifts Kestrel's limit, which is that of JSON bodies.</summary>
    public static Problem? Announced(HttpContext http)
    {
        if (http.Request.ContentLength > Limits.DatasetFileBytes) { return TooLarge(); }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = Limits.DatasetFileBytes + 1; }

        return null;
    }

    public static async Task<Problem?> Take(Workbench bench, Stream body, CancellationToken ct) =>
        await bench.Take(body, SourceFile.Name, Limits.DatasetFileBytes, ct) ? null : TooLarge();

    private static Problem TooLarge() => new(413, "too_large", $"The file is larger than {Limits.DatasetFileBytes} bytes, the limit of a dataset's file.");
}
