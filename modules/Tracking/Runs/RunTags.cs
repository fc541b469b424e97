using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Tracking.Runs;

/// <summary>Rules for what people put on a run.</summary>
internal static class RunTags
{
    /// <summary>The tag that mirrors the run's name.</summary>
    public const string Name = "mlflow.runName";

    /// <summary>True when setting the tag renames the run: an empty name does not.</summary>
    public static bool IsName(KeyValuePair<string, string> tag) => tag.Key == Name && tag.Value.Length > 0;

    /// <summary>The tags with long values cut and the last of equal keys kept.</summary>
    /// <param name="listed">The tags came as a list, so a fault names the place.</param>
    public static Result<IReadOnlyList<KeyValuePair<string, string>>> Check(IReadOnlyList<KeyValuePair<string, string>> tags, bool listed = true) =>
        Check(tags, listed ? "tags" : null, ValueLimits.RunTagValueChars);

    public static Result<IReadOnlyList<KeyValuePair<string, string>>> CheckParams(IReadOnlyList<KeyValuePair<string, string>> parameters, bool listed = true) =>
        Check(parameters, listed ? "params" : null, ValueLimits.ParamValueChars);

    private static Result<IReadOnlyList<KeyValuePair<string, string>>> Check(IReadOnlyList<KeyValuePair<string, string>> pairs, string? list, int valueChars)
    {
        var kept = new List<KeyValuePair<string, string>>(pairs.Count);
        var places = new Dictionary<string, int>(pairs.Count, StringComparer.Ordinal);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (key, value) = pairs[i];
            var parameter = list is null ? "key" : $"{list}[{i}].key";
            if (key.Length == 0) { return MlflowFaults.Missing(parameter); }

            if (key.Length > KeyRules.KeyChars) { return Problem.Invalid(parameter, KeyRules.TooLong(parameter, KeyRules.KeyChars)); }

            if (KeyRules.Fault(key, parameter) is { } fault) { return Problem.Invalid(parameter, fault); }

            var pair = new KeyValuePair<string, string>(key, KeyRules.Cut(value, valueChars));
            if (places.TryGetValue(key, out var place)) { kept[place] = pair; }
            else
            {
                places[key] = kept.Count;
                kept.Add(pair);
            }
        }

        return kept;
    }
}
