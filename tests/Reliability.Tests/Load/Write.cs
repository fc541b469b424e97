using System.Globalization;
using System.Security.Cryptography;

namespace Slipway.Reliability.Tests;

/// <summary>One write as the client knows it: where it goes, and what the store must hold once it is acknowledged.</summary>
/// <param name="Run">The run, or null when this creates it.</param>
/// <param name="Slots">Place in the run to value, such as <c>metric loss 3</c> to <c>17</c>; all of them appear, or none.</param>
internal abstract record Write(string? Run, IReadOnlyDictionary<string, string> Slots)
{
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    protected static string Point(string key, long step) => string.Create(CultureInfo.InvariantCulture, $"metric {key} {step}");
}

/// <summary>A run with a name and two tags of its own: found again by the name, whoever learnt the id.</summary>
internal sealed record CreateRun(string Experiment, string Name)
    : Write(null, new Dictionary<string, string> { ["tag client"] = Name, ["tag twin"] = Name });

internal sealed record LogMetric(string Of, long Step, double Value)
    : Write(Of, new Dictionary<string, string> { [Point("loss", Step)] = Text(Value) });

/// <summary>Metrics of several keys at one step, a parameter and a tag: one request, one fate.</summary>
internal sealed record LogBatch(string Of, long Step, double Value)
    : Write(Of, Keys.ToDictionary(key => Point(key, Step), _ => Text(Value))
        .Append(new($"param batch{Step}", Text(Value))).Append(new($"tag batch{Step}", Text(Value))).ToDictionary())
{
    public static readonly string[] Keys = ["b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"];
}

internal sealed record LogParameter(string Of, string Key, string Value) : Write(Of, new Dictionary<string, string> { ["param " + Key] = Value });

/// <summary>The same tag again and again: the store holds the last acknowledged value or a later one.</summary>
internal sealed record SetTag(string Of, string Key, string Value) : Write(Of, new Dictionary<string, string> { ["tag " + Key] = Value });

internal sealed record PutArtifact(string Of, string Path, byte[] Bytes) : Write(Of, new Dictionary<string, string> { ["artifact " + Path] = Digest(Bytes) })
{
    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
