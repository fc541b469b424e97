using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Tracking.Tests.Mlflow;

/// <summary>One recorded line.</summary>
internal sealed record Exchange(JsonObject Line)
{
    public int Seq => (int)Line["seq"]!;

    public string Name => (string)Line["name"]!;

    public string Method => (string)Line["method"]!;

    public int Status => (int)Line["status"]!;

    public bool IsQuirk => Line["quirk"] is { } quirk && quirk.GetValueKind() != JsonValueKind.False;

    public IEnumerable<(string Name, string Pointer)> Captures =>
        (Line["captures"] as JsonObject ?? []).Select(capture => (capture.Key, (string)capture.Value!));

    public static IEnumerable<Exchange> Read(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "mlflow", file + ".jsonl"))
        .Select(line => new Exchange(JsonNode.Parse(line)!.AsObject()));
}
