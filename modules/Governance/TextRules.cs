using Slipway.Kernel;

namespace Slipway.Governance;

/// <summary>Rules of what people write.</summary>
internal static class TextRules
{
    public const int ReasonChars = 2_000;
    public const int ModelChars = 256;

    /// <summary>Null when it is a reason.</summary>
    public static Problem? ReasonFault(string reason) => Fault("reason", reason, ReasonChars) is { } fault ? Problem.Invalid([fault]) : null;

    /// <summary>Null when it can be the name of a model; whether there is one is another question.</summary>
    public static Problem? ModelFault(string model) =>
        Fault("model", model, ModelChars) is { } fault ? Problem.Invalid([fault])
        : model.Contains('/', StringComparison.Ordinal) || model.Contains(':', StringComparison.Ordinal) ? Problem.Invalid("model", $"The name '{model}' holds '/' or ':'; no model is called that.")
        : null;

    public static Fault? Fault(string field, string text, int maxChars) =>
        string.IsNullOrWhiteSpace(text) ? new Fault(field, $"'{field}' is empty; a text of 1 to {maxChars:#,0} characters belongs there.")
        : text.Length > maxChars ? new Fault(field, $"'{field}' has {text.Length:#,0} characters; at most {maxChars:#,0} may stand there.")
        : null;
}
