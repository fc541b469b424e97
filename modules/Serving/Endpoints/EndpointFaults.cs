using Slipway.Kernel;

namespace Slipway.Serving.Endpoints;

/// <summary>Problems that several handlers tell.</summary>
internal static class EndpointFaults
{
    public const int NameChars = 100;
    public const int ReasonChars = 1_000;

    public static Problem NotFound(string name) => Problem.NotFound("endpoint", name.Length > NameChars ? name[..NameChars] + "…" : name);

    /// <summary>Null when it may be an endpoint's name.</summary>
    public static Problem? Name(string name) =>
        name.Length is > 0 and <= NameChars && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && char.IsAsciiLetterOrDigit(name[0]) ? null
        : Problem.Invalid("name", $"'name' is '{(name.Length > NameChars ? name[..NameChars] + "…" : name)}'; it has 1 to {NameChars} ASCII letters, digits, '-', '_' and '.', and begins with a letter or digit.");

    public static Problem? Reason(string? reason, bool required = true) =>
        required && string.IsNullOrWhiteSpace(reason) ? Problem.Invalid("reason", "'reason' is missing; say in a sentence why, it stands in the audit log.")
        : reason?.Length > ReasonChars ? Problem.Invalid("reason", $"'reason' has {reason.Length} characters; at most {ReasonChars} are kept.")
        : null;

    public static Problem? Share(string field, double share) => share is > 0 and < 1 ? null
        : Problem.Invalid(field, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'{field}' is {share}; a canary's share is above 0 and below 1 (promote it to give it all)."));

    public static Problem Halted(EndpointRow endpoint) => Problem.Conflict(
        "rollout_halted", $"The rollout under '{endpoint.Name}' is halted: {endpoint.Reason ?? "no reason was given"} A person resumes it first.");

    public static Problem NotApproved(string model, long version, IReadOnlyList<string> reasons) => Problem.Conflict(
        "not_approved", $"{model} version {version} has no approval in force: {(reasons.Count == 0 ? "none was asked for." : string.Join(" ", reasons))}");
}
