using System.Globalization;
using Slipway.Monitoring.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Answers;

/// <summary>Figures and lists as the answers say them; the same words on every machine.</summary>
internal static class Words
{
    /// <param name="share">0 to 1.</param>
    public static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <param name="ms">Unix time; what no date can name is said as the first or the last that one can.</param>
    public static string Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()))
        .ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Enough of a digest to tell it from others by eye.</summary>
    public static string Short(string digest) => digest.Length > 8 ? digest[..8] + "…" : digest;

    public static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary><c>p = 0.012</c>, or <c>p &lt; 0.001</c>.</summary>
    public static string PValue(double p) => p < 0.001 ? "p < 0.001" : "p = " + p.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary><c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> items) => items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";

    /// <summary>The first of them, and how many more there are.</summary>
    public static string Some(IReadOnlyList<string> items, int most) => items.Count <= most ? string.Join("; ", items) : $"{string.Join("; ", items.Take(most))}; and {items.Count - most} more";

    public static string Traffic(TrafficChanged traffic) =>
        traffic.Deployments.Count == 0 ? "nothing is deployed" : string.Join(", ", traffic.Deployments.Select(Deployment)) + (traffic.Rollout == RolloutState.Halted ? ", halted" : "");

    public static string Deployment(DeploymentState deployment) => deployment.Role switch
    {
        DeploymentRole.Champion => $"version {deployment.Version} with {Percent(deployment.Share)}",
        DeploymentRole.Canary => $"version {deployment.Version} as canary with {Percent(deployment.Share)}",
        _ => $"version {deployment.Version} in shadow",
    };

    /// <summary><c>drift halts the rollout and asks for retraining</c>.</summary>
    public static string Reaction(ArmedReaction armed) => $"{armed.Cause} {List([.. armed.Reactions.Select(reaction => reaction switch
    {
        "haltRollout" => "halts the rollout",
        "rollBack" => "rolls back",
        "rollBackOrStop" => "rolls back or stops",
        "stop" => "stops the endpoint",
        "requestRetraining" => "asks for retraining",
        _ => reaction,
    })])}";

    /// <summary>What a person wrote, as a part of a sentence: one line, without its full stop, bounded.</summary>
    public static string Clause(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        if (line.Length <= 200) { return line; }

        return line[..(char.IsHighSurrogate(line[198]) ? 198 : 199)].TrimEnd() + "…";
    }

    /// <summary>A sentence as a part of another one: a word at its beginning loses its capital, a name or an abbreviation does not.</summary>
    public static string Inner(string sentence) =>
        Clause(sentence) is [var first, var second, ..] clause && char.IsUpper(first) && (char.IsLower(second) || second == ' ') ? char.ToLowerInvariant(first) + clause[1..] : Clause(sentence);

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
