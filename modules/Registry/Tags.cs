using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Registry;

/// <summary>Rules for tags of models and versions.</summary>
internal static class Tags
{
    /// <summary>The tag that makes a registered model a prompt; searches leave prompts out unless they ask for them.</summary>
    public const string IsPrompt = "mlflow.prompt.is_prompt";

    /// <summary>The tag that holds the text of a prompt's version.</summary>
    public const string PromptText = "mlflow.prompt.text";

    /// <summary>True when the tags make what has them a prompt, or a version of one.</summary>
    public static bool MarkPrompt(IReadOnlyList<KeyValuePair<string, string>> tags) =>
        tags.Any(tag => tag.Key == IsPrompt && tag.Value.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>The last of equal keys counts.</summary>
    public static Result<IReadOnlyList<KeyValuePair<string, string>>> Check(IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            if (Fault(tags[i].Key, tags[i].Value, $"tags[{i}].") is { } fault) { return fault; }
        }

        return tags.GroupBy(tag => tag.Key, StringComparer.Ordinal).Select(same => same.Last()).ToList();
    }

    /// <param name="path">Where the tag stands; empty = it is the request itself.</param>
    public static Problem? Fault(string key, string value, string path = "") =>
        key.Length == 0 ? MlflowFaults.Missing(path + "key")
        : key.Length > KeyRules.KeyChars ? Faults.TooLong(path + "key", KeyRules.KeyChars)
        : KeyRules.Fault(key, path + "key") is { } fault ? Problem.Invalid(path + "key", fault)
        : value.Length > TextLimits.TagValueChars && key == PromptText ? Problem.Invalid(path + "value", $"Prompt text exceeds max length of {TextLimits.TagValueChars} characters.")
        : value.Length > TextLimits.TagValueChars ? Faults.TooLong(path + "value", TextLimits.TagValueChars)
        : null;
}
