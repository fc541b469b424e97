using System.Buffers;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Tracking.LoggedModels;

/// <summary>What a logged model's name, type and tags may be.</summary>
internal static class LoggedModelRules
{
    /// <summary>Most characters of a name or a type: MLflow's columns.</summary>
    public const int NameChars = 500;

    /// <summary>Most characters of a tag's value. Longer ones are refused, not cut: clients keep JSON in tags of models.</summary>
    public const int TagValueChars = 100_000;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/:.%\"'");

    public static Problem? Fault(NewLoggedModel model) =>
        model.Name is { } name && name.AsSpan().ContainsAny(Forbidden)
            ? Problem.Invalid("name", $"Invalid model name ('{name}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '\"', \"'\")")
        : model.Name is { Length: > NameChars } ? Problem.Invalid("name", KeyRules.TooLong("name", NameChars))
        : model.ModelType.Length > NameChars ? Problem.Invalid("model_type", KeyRules.TooLong("model_type", NameChars))
        : null;

    /// <summary>The tags with the last of equal keys kept.</summary>
    public static Result<IReadOnlyList<KeyValuePair<string, string>>> CheckTags(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        var kept = new Dictionary<string, string>(tags.Count, StringComparer.Ordinal);
        for (var i = 0; i < tags.Count; i++)
        {
            var ((key, value), at) = (tags[i], $"tags[{i}]");
            if (key.Length == 0) { return MlflowFaults.Missing($"{at}.key"); }

            if (key.Length > KeyRules.KeyChars) { return Problem.Invalid($"{at}.key", KeyRules.TooLong($"{at}.key", KeyRules.KeyChars)); }

            if (KeyRules.Fault(key, $"{at}.key") is { } fault) { return Problem.Invalid($"{at}.key", fault); }

            if (value.Length > TagValueChars) { return Problem.Invalid($"{at}.value", KeyRules.TooLong($"{at}.value", TagValueChars)); }

            kept[key] = value;
        }

        return kept.ToList();
    }
}
