using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Architecture.Tests;

/// <summary>The recorded exchanges with MLflow that the modules' tests replay, and what may differ there: all of it in one view.</summary>
internal static class Conformance
{
    /// <summary>By group; a group that several modules replay counts once.</summary>
    public static IReadOnlyList<RecordedGroup> Groups { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "modules"), "*.jsonl", SearchOption.AllDirectories)
            .Where(path => path.Replace('\\', '/').Contains("/Tests/data/mlflow/", StringComparison.Ordinal))
            .DistinctBy(path => Path.GetFileNameWithoutExtension(path)).Select(Read).OrderBy(group => group.Name, StringComparer.Ordinal),
    ];

    public static int Lines => Groups.Sum(group => group.Lines);

    public static int Differences => Groups.Sum(group => group.Differences.Count);

    private static RecordedGroup Read(string path)
    {
        var (name, lines) = (Path.GetFileNameWithoutExtension(path), File.ReadLines(path).Select(line => JsonNode.Parse(line)!.AsObject()).ToList());
        var allowed = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "differences.json")))!;
        return new RecordedGroup(
            name, lines.Count, lines.Count(line => line["quirk"] is { } quirk && quirk.GetValueKind() != JsonValueKind.False),
            [.. from difference in allowed
                let seq = difference.Key.StartsWith(name + "/", StringComparison.Ordinal) ? int.Parse(difference.Key[(name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) : -1
                where seq >= 0
                orderby seq
                select new AllowedDifference(seq, (string)lines[seq]["name"]!, difference.Value)]);
    }
}

/// <param name="Accidents">Lines whose outcome in MLflow is an accident: sent and not compared.</param>
internal sealed record RecordedGroup(string Name, int Lines, int Accidents, IReadOnlyList<AllowedDifference> Differences);

/// <param name="Seq">Its place in the group, from 0.</param>
internal sealed record AllowedDifference(int Seq, string Name, string Reason);
