using Slipway.Answers.Contracts;
using Slipway.Answers.State;
using Slipway.Serving.Ports;
using static Slipway.Answers.Contracts.AnswerVerdict;

namespace Slipway.Answers.Verdicts;

/// <summary>
/// The first answer. Yes: its purpose is recorded, and whatever answers predictions is the file that was registered, under an approval in force. No: something serves without one, or is another file.
/// Attention: an endpoint is stopped. Unknown: nothing serves it here, or what it is for is not recorded.
/// </summary>
internal static class Doing
{
    public const string Question = "What is this model doing, and where is it in production?";

    public static AnswerView Answer(ModelState state)
    {
        List<Finding> findings = [.. state.Endpoints.SelectMany(endpoint => Of(state, endpoint)), Purpose(state)];
        if (InPlay.Deployed(state).Count == 0)
        {
            findings.Add(new Finding(Unknown, "Production", "nowhere in this workspace", "no endpoint of this workspace serves it, and nothing is known of other places"));
        }

        return Verdict.Of(state, 1, Question, Head(state), findings, "as approved");
    }

    private static string Head(ModelState state)
    {
        var places = state.Endpoints.Where(endpoint => endpoint.Deployments.Count > 0)
            .Select(endpoint => $"on endpoint '{endpoint.Name}', {Words.List([.. endpoint.Deployments.Select(Words.Deployment)])}").ToList();
        return string.Join("; ", new[] { state.Inventory is { } entry ? Words.Clause(entry.Fact.Purpose) : "", Words.Some(places, 3) }.Where(part => part.Length > 0));
    }

    private static Finding Purpose(ModelState state) => state.Inventory is { } entry && entry.Fact.Purpose.Length > 0
        ? new Finding(Yes, "Purpose", Words.Clause(entry.Fact.Purpose), "its purpose is recorded", entry.Digest, entry.AtMs, Links.Entry(state.Model))
        : new Finding(Unknown, "Purpose", "not recorded", "what it is for is not recorded");

    private static IEnumerable<Finding> Of(ModelState state, EndpointOf endpoint)
    {
        if (endpoint.Stopped is { } stopped)
        {
            yield return new Finding(
                Attention, $"Endpoint {endpoint.Name}", $"stopped: {Words.Clause(stopped.Fact.Reason)}",
                $"endpoint '{endpoint.Name}' is stopped since {Words.Time(stopped.AtMs)}: {Words.Clause(stopped.Fact.Reason)}", null, stopped.AtMs, Links.Endpoint(endpoint.Name));
        }

        foreach (var deployment in endpoint.Deployments) { yield return Of(state, endpoint, deployment); }
    }

    private static Finding Of(ModelState state, EndpointOf endpoint, DeploymentState deployment)
    {
        var (version, approval) = (deployment.Version, state.ApprovalOf(deployment.Version));
        var found = new Finding(
            Yes, $"Endpoint {endpoint.Name}", $"{Words.Deployment(deployment)}, as approved", "", deployment.ModelDigest, endpoint.Traffic!.AtMs, Links.Endpoint(endpoint.Name));
        Finding But(AnswerVerdict verdict, string value) => found with { Verdict = verdict, Value = $"{Words.Deployment(deployment)}: {value}", Clause = $"version {version} on '{endpoint.Name}' {value}" };

        return endpoint.Stopped is null && approval is not { InForce: true } ? But(No, "serves without an approval in force")
            : state.VersionOf(version) is not { } registered ? But(Unknown, "is no longer registered, so its file cannot be compared")
            : registered.Fact.ModelDigest is not { } approved ? But(Unknown, "has no recorded digest, so its file cannot be compared")
            : approved != deployment.ModelDigest ? But(No, $"is another file ({Words.Short(deployment.ModelDigest)}) than the one registered ({Words.Short(approved)})")
            : endpoint.Stopped is not null ? found with { Value = $"{Words.Deployment(deployment)}, answering nothing" }
            : found;
    }
}
