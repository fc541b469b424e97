namespace Slipway.Governance.Policies;

/// <summary>Actions whose subject is a version, so that its approval can decide them. A misspelt one would govern nothing in silence, so a policy may name these alone.</summary>
internal static class GovernedActions
{
    public static readonly IReadOnlyList<string> All = ["endpoint.deploy", "endpoint.serve", "alias.set", "stage.change"];

    /// <summary>The version that a subject such as <c>modelVersion/scorecard/3</c> names; null when it names none.</summary>
    public static (string Model, long Version)? VersionOf(string subject)
    {
        // Names of models hold no slash.
        return subject.Split('/') is ["modelVersion", { Length: > 0 } model, var number]
            && long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var version)
            ? (model, version)
            : null;
    }
}
