using System.Text.RegularExpressions;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;

namespace Slipway.Registry.Aliases;

/// <summary>What an alias may be called: MLflow's rule and words. <c>latest</c> and <c>v7</c> are kept free, since addresses of versions would mean two things.</summary>
internal static partial class AliasRules
{
    public static Problem? Fault(string alias) =>
        alias.Length == 0 ? MlflowFaults.Missing("alias")
        : alias.Length > TextLimits.AliasChars ? Faults.TooLong("alias", TextLimits.AliasChars)
        : !Plain().IsMatch(alias) ? Problem.Invalid("alias", $"Invalid alias name: '{alias}'. Names may only contain alphanumerics, underscores (_), and dashes (-).")
        : alias.Equals("latest", StringComparison.OrdinalIgnoreCase) ? Problem.Invalid("alias", "'latest' alias name (case insensitive) is reserved.")
        : LikeVersion().IsMatch(alias) ? Problem.Invalid("alias", $"Version alias name '{alias}' is reserved.")
        : null;

    [GeneratedRegex(@"\A[\w-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[vV][0-9]+\z")]
    private static partial Regex LikeVersion();
}
