using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>The phases of one answer as its header (W3C Server Timing), in milliseconds.</summary>
internal static class ServerTiming
{
    public const string Header = "Server-Timing";

    public static void Write(HttpResponse response, PredictionRequest request) => response.Headers[Header] = string.Create(
        CultureInfo.InvariantCulture,
        $"parse;dur={Ms(request, Phase.Parse):0.###}, check;dur={Ms(request, Phase.Check):0.###}, infer;dur={Ms(request, Phase.Infer):0.###}, write;dur={Ms(request, Phase.Write):0.###}, serialise;dur={Ms(request, Phase.Serialise):0.###}");

    private static double Ms(PredictionRequest request, Phase phase) => request.Ticks[(int)phase] * 1000.0 / Stopwatch.Frequency;
}
