using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Pipelines.Definitions;
using Slipway.Pipelines.Ports;

namespace Slipway.Pipelines.Engine;

/// <summary>Everything that a step's result depends on, by name: kind, code, settings, inputs, files. The same ingredients give the same result.</summary>
internal static class Ingredients
{
    private const int ShownChanges = 3;

    public static SortedDictionary<string, string> Of(PipelineStep step, IReadOnlyDictionary<string, StepValue> inputs, IReadOnlyDictionary<string, string> files)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["kind"] = step.Definition.Uses, ["code"] = step.Kind.Version };
        Flatten("with", step.Definition.With, all);
        foreach (var (name, value) in inputs)
        {
            var facts = value.Facts is null ? [] : value.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal).Select(fact => $" {fact.Key}={fact.Value}");
            all[$"in.{name}"] = $"{value.Type} {value.Digest}{string.Concat(facts)}";
        }

        foreach (var name in step.Shape.Files.Distinct(StringComparer.Ordinal)) { all[$"file.{name}"] = files[name]; }

        return all;
    }

    /// <summary>SHA-256 over all of them, each length first, so that no two lists run together.</summary>
    public static string Key(SortedDictionary<string, string> ingredients)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in ingredients)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{name.Length}:{name}{value.Length}:{value}")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What is another than before, in words, such as <c>setting with.share is 0.8, was 0.7</c>; null when nothing is.</summary>
    public static string? Changes(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        var changes = before.Keys.Union(now.Keys).Order(StringComparer.Ordinal).Where(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => Change(name, before.GetValueOrDefault(name), now.GetValueOrDefault(name))).ToList();
        return changes.Count == 0 ? null
            : string.Join("; ", changes.Take(ShownChanges)) + (changes.Count > ShownChanges ? $"; and {changes.Count - ShownChanges} more" : "");
    }

    private static string Change(string name, string? before, string? now)
    {
        var (group, rest) = name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? (name[..dot], name[(dot + 1)..]) : (name, "");
        return group switch
        {
            "code" => "the server's code for this kind of step is another",
            "kind" => $"the step uses {now}, was {before}",
            "in" or "file" => (before, now) switch
            {
                (null, _) => $"{What(group)} {rest} is new",
                (_, null) => $"{What(group)} {rest} is gone",
                _ => Facts(before, now) is { } facts ? $"input {rest} has the same content as before, but is {facts}" : $"{What(group)} {rest} has other content",
            },
            _ => (before, now) switch
            {
                (null, _) => $"setting {name} is new: {Shown(now!)}",
                (_, null) => $"setting {name} is gone, was {Shown(before)}",
                _ => $"setting {name} is {Shown(now)}, was {Shown(before)}",
            },
        };
    }

    /// <summary>The facts of an input when they alone are another: <c>version=2, was version=1</c>; null when its content is.</summary>
    private static string? Facts(string before, string now)
    {
        var (was, @is) = (before.Split(' ', 3), now.Split(' ', 3));
        return was.Length == 3 && @is.Length == 3 && (was[0], was[1]) == (@is[0], @is[1]) ? $"{@is[2]}, was {was[2]}" : null;
    }

    private static string What(string group) => group == "in" ? "input" : "file";

    private static string Shown(string json) => DefinitionRules.Cut(json);

    private static void Flatten(string path, JsonElement value, SortedDictionary<string, string> all)
    {
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
        {
            foreach (var property in value.EnumerateObject()) { Flatten($"{path}.{property.Name}", property.Value, all); }
        }
        else if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
        {
            var i = 0;
            foreach (var item in value.EnumerateArray()) { Flatten($"{path}[{i++}]", item, all); }
        }
        else if (path != "with") { all[path] = value.GetRawText(); }
    }
}
