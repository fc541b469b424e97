using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Registry.Models;

/// <summary>What a model may be called: MLflow's rule and words, and no control characters. Names are data: percent signs, quotes and words of any language are fine.</summary>
internal static class ModelNames
{
    public const int MaxChars = 256;

    public static Problem? Fault(string name, string parameter = "name") =>
        name.Length == 0 ? MlflowFaults.Missing(parameter)
        : name.Length > MaxChars ? Problem.Invalid(parameter, KeyRules.TooLong(parameter, MaxChars))
        : name.AsSpan().IndexOfAny('/', ':') >= 0 ? Problem.Invalid(parameter, $"Invalid model name '{name}'. Names cannot contain '/' or ':'.")
        : name.Any(char.IsControl) ? Problem.Invalid(parameter, $"Invalid model name '{Shown(name)}'. Names cannot contain control characters.")
        : name == "." || name.StartsWith("..", StringComparison.Ordinal)
            ? Problem.Invalid(parameter, $"Invalid model name '{name}'. Names may be treated as files in certain cases, and must not resolve to other names when treated as such.")
        : null;

    private static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
