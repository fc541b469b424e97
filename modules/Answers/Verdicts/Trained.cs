using System.Globalization;
using Slipway.Answers.Contracts;
using Slipway.Answers.State;
using Slipway.Registry.Ports;
using static Slipway.Answers.Contracts.AnswerVerdict;

namespace Slipway.Answers.Verdicts;

/// <summary>
/// The second answer. Yes: training data and evaluation are recorded, the file that serves is theirs, and its monitors find the population of the reference. No: another file serves. Attention: the
/// population has drifted. Unknown: a record is missing, no monitor has looked, or nothing serves.
/// </summary>
internal static class Trained
{
    public const string Question = "What was it trained and validated on, and is production still consistent with that?";

    public static AnswerView Answer(ModelState state)
    {
        List<Finding> findings = [.. state.Endpoints.SelectMany(endpoint => endpoint.Answering.SelectMany(deployment => InProduction(state, endpoint, deployment.Version, deployment.ModelDigest)))];
        foreach (var version in InPlay.Versions(state)) { findings.AddRange(Records(state, version)); }

        if (findings.Count == 0) { findings.Add(new Finding(Unknown, "Versions", "none", "no version is registered")); }
        else if (!InPlay.InProduction(state)) { findings.Add(new Finding(Unknown, "Production", "nowhere in this workspace", "it is not in production here, so there is nothing to compare")); }

        return Verdict.Of(state, 2, Question, Head(state), findings, "production is consistent with it");
    }

    private static string Head(ModelState state) => InPlay.Versions(state) is [var first, ..] && state.VersionOf(first)?.Fact is { DataDigest: { } data } version
        ? $"version {first} was trained on {Data(version, data)}" + (version.EvaluationDigest is { } evaluation ? $" and validated by evaluation {Words.Short(evaluation)}" : "")
        : "";

    private static string Data(VersionRegistered version, string digest) =>
        version.Dataset is { } dataset ? string.Create(CultureInfo.InvariantCulture, $"{dataset} version {version.DatasetVersion} ({Words.Short(digest)})") : $"data {Words.Short(digest)}";

    private static IEnumerable<Finding> Records(ModelState state, long version)
    {
        var link = Links.Version(state.Model, version);
        if (state.VersionOf(version) is not { } registered)
        {
            yield return new Finding(Unknown, $"Version {version}", "no longer registered", $"version {version} is no longer registered, so its records are not at hand");
            yield break;
        }

        yield return registered.Fact.DataDigest is { } data
            ? new Finding(Yes, $"Training data of version {version}", Data(registered.Fact, data), "", data, registered.AtMs, link)
            : new Finding(Unknown, $"Training data of version {version}", "not recorded", $"what version {version} was trained on is not recorded", null, null, link);
        yield return registered.Fact.EvaluationDigest is { } evaluation
            ? new Finding(Yes, $"Evaluation of version {version}", Words.Short(evaluation), "", evaluation, registered.AtMs, link)
            : new Finding(Unknown, $"Evaluation of version {version}", "not recorded", $"no evaluation of version {version} is recorded", null, null, link);
    }

    private static IEnumerable<Finding> InProduction(ModelState state, EndpointOf endpoint, long version, string digest)
    {
        if (state.VersionOf(version)?.Fact.ModelDigest is { } registered && registered != digest)
        {
            yield return new Finding(
                No, $"File on {endpoint.Name}", Words.Short(digest), $"version {version} on '{endpoint.Name}' is another file than the one that was trained and validated", digest,
                endpoint.Traffic!.AtMs, Links.Endpoint(endpoint.Name));
        }

        yield return Population(endpoint, version);
    }

    private static Finding Population(EndpointOf endpoint, long version)
    {
        var (label, link) = ($"Population of version {version} on {endpoint.Name}", Links.Monitor(endpoint.Name));
        if (endpoint.Aspect(version, "population") is not { } said)
        {
            return new Finding(Unknown, label, "not measured", $"the population that version {version} meets on '{endpoint.Name}' has not been measured", null, null, link);
        }

        var found = new Finding(Yes, label, Words.Clause(said.Fact.Detail), $"on '{endpoint.Name}', {Words.Inner(said.Fact.Detail)}", said.Digest, said.Fact.ObservedMs, link);
        return said.Fact.Verdict switch
        {
            "yes" => found,
            "attention" or "no" => found with { Verdict = Attention, Clause = Drift(endpoint, version) ?? found.Clause },
            _ => found with { Verdict = Unknown },
        };
    }

    private static string? Drift(EndpointOf endpoint, long version) => endpoint.Drift(version) is { Fact.Features: { Count: > 0 } features } drift
        ? $"{Words.List([.. features.OrderByDescending(feature => feature.Psi).Take(3).Select(feature => $"{feature.Feature} (PSI {Words.Number(feature.Psi)}, {Words.PValue(feature.PValue)})")])} "
            + $"{(features.Count == 1 ? "has" : "have")} drifted on '{endpoint.Name}' since {Words.Time(drift.Fact.FromMs)}"
        : null;
}
