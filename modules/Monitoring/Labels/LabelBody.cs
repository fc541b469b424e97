using System.Text.Json;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;

namespace Slipway.Monitoring.Labels;

/// <summary>Outcomes as the body of a request: a JSON array, or one JSON object per line.</summary>
internal static class LabelBody
{
    private const int MaxIdChars = 100;
    private const int MaxGroups = 20;
    public const int MostFaults = 20;

    public static async Task<Result<IReadOnlyList<LabelEntry>>> Read(Stream body, CancellationToken ct)
    {
        var entries = new List<LabelEntry>();
        try
        {
            using var reader = new StreamReader(body, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
            var text = await reader.ReadToEndAsync(ct);
            if (text.AsSpan().TrimStart() is ['[', ..]) { entries = JsonSerializer.Deserialize<List<LabelEntry>>(text, WireJson.Options)!; }
            else
            {
                var number = 0;
                foreach (var line in text.AsSpan().EnumerateLines())
                {
                    number++;
                    if (line.IsWhiteSpace()) { continue; }

                    try { entries.Add(JsonSerializer.Deserialize<LabelEntry>(line, WireJson.Options)!); }
                    catch (JsonException error) { return Problem.Invalid($"[{number}]", $"Line {number} is no outcome: {error.Message}"); }

                    if (entries.Count > Limits.LabelBatch) { break; }
                }
            }
        }
        catch (JsonException error) { return Problem.Invalid("labels", $"The body is no list of outcomes: {error.Message}"); }
        catch (System.Text.DecoderFallbackException) { return Problem.Invalid("labels", "The body is no UTF-8 text."); }

        if (entries.Count > Limits.LabelBatch) { return Problem.Invalid("labels", $"The batch has more than {Limits.LabelBatch} outcomes; send it in parts."); }

        var faults = entries.SelectMany(Faults).Take(MostFaults).ToList();
        return faults.Count > 0 ? Problem.Invalid(faults) : entries;
    }

    private static IEnumerable<Fault> Faults(LabelEntry entry, int at)
    {
        if (entry is null)
        {
            yield return new Fault($"[{at}]", $"Entry {at} is null.");
            yield break;
        }

        if (entry.PredictionId.Length is 0 or > MaxIdChars) { yield return new Fault($"[{at}].predictionId", $"The id of entry {at} has {entry.PredictionId.Length} characters; 1 to {MaxIdChars} belong there."); }

        if (LabelValue.TextOf(entry.Label) is not { Length: > 0 and <= Limits.NameChars }) { yield return new Fault($"[{at}].label", $"The label of entry {at} is no text, number or truth value of at most {Limits.NameChars} characters."); }

        if (entry.Groups?.Count > MaxGroups) { yield return new Fault($"[{at}].groups", $"Entry {at} has {entry.Groups.Count} groups; at most {MaxGroups} are taken."); }

        if (entry.Groups?.Any(group => group.Key.Length is 0 or > Limits.NameChars || group.Value is not { Length: > 0 and <= Limits.NameChars }) == true)
        {
            yield return new Fault($"[{at}].groups", $"A group of entry {at} is empty or longer than {Limits.NameChars} characters.");
        }

        if (entry.ObservedMs < 0) { yield return new Fault($"[{at}].observedMs", $"The time of entry {at} is {entry.ObservedMs}; milliseconds since 1970 belong there."); }
    }
}
