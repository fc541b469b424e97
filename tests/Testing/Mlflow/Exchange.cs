using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Testing.Mlflow;

/// <summary>One recorded line.</summary>
public sealed record Exchange(JsonObject Line)
{
    /// <summary>Its place in the group, from 0.</summary>
    public int Seq => (int)Line["seq"]!;

    public string Name => (string)Line["name"]!;

    public string Method => (string)Line["method"]!;

    public int Status => (int)Line["status"]!;

    /// <summary>An accident of MLflow: sent, not compared.</summary>
    public bool IsQuirk => Line["quirk"] is { } quirk && quirk.GetValueKind() != JsonValueKind.False;

    /// <summary>Values that the server invented, and where this answer shows them.</summary>
    public IEnumerable<(string Name, string Pointer)> Captures =>
        (Line["captures"] as JsonObject ?? []).Select(capture => (capture.Key, (string)capture.Value!));

    /// <summary>A group of recordings beside the test program, in <c>data/mlflow</c>.</summary>
    public static IEnumerable<Exchange> Read(string file) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "mlflow", file + ".jsonl"))
        .Select(line => new Exchange(JsonNode.Parse(line)!.AsObject()));
}
