using Slipway.Answers.Contracts;
using Slipway.Answers.State;
using static Slipway.Answers.Contracts.AnswerVerdict;

namespace Slipway.Answers.Verdicts;

/// <summary>
/// The fourth answer. Yes: monitors find decisions, performance and fairness of all that serves within what was approved, without exceptions. No: one of them is outside. Attention: one is doubtful,
/// an exception is in force, a rollout is halted or was rolled back, an endpoint is stopped, retraining was asked for, nothing follows by itself. Unknown: something is not measured, or nothing serves.
/// </summary>
internal static class Safe
{
    public const string Question = "Is it still performing safely, fairly and within policy, and what happens if it does not?";

    private static readonly string[] Aspects = ["decisions", "fairness", "performance"];

    public static AnswerView Answer(ModelState state)
    {
        List<Finding> findings = [.. state.Endpoints.SelectMany(endpoint => Aspects.SelectMany(aspect => Measured(endpoint, aspect)))];
        findings.AddRange(state.Endpoints.SelectMany(Controls));
        findings.AddRange(state.Exceptions.Where(exception => exception.Fact.ExpiresMs > state.Moment.AtMs).Select(exception => new Finding(
            Attention, $"Exception from {exception.Fact.Requirement}", $"until {Words.Time(exception.Fact.ExpiresMs)}, by {exception.Fact.ByName}: {Words.Clause(exception.Fact.Reason)}",
            $"an exception from '{exception.Fact.Requirement}' is in force until {Words.Time(exception.Fact.ExpiresMs)}", exception.Digest, exception.AtMs, Links.Exception(exception.Fact.ExceptionId))));
        if (state.Retraining is { } retraining)
        {
            findings.Add(new Finding(
                Attention, "Retraining", $"requested: {Words.Clause(retraining.Fact.Reason)}", $"retraining was requested at {Words.Time(retraining.AtMs)}", retraining.Digest, retraining.AtMs));
        }

        if (!InPlay.InProduction(state))
        {
            findings.Add(new Finding(Unknown, "Production", "nowhere in this workspace", "it is not in production here, so nothing is measured"));
        }

        return Verdict.Of(state, 4, Question, "", findings, "decisions, fairness and performance are within what was approved", Tail(state));
    }

    /// <summary>What monitors say of one aspect; what nobody has measured is one finding for all versions of an endpoint.</summary>
    private static IEnumerable<Finding> Measured(EndpointOf endpoint, string aspect)
    {
        var link = Links.Monitor(endpoint.Name);
        var said = endpoint.Answering.Select(deployment => (deployment.Version, Said: endpoint.Aspect(deployment.Version, aspect))).ToList();
        foreach (var (version, changed) in said)
        {
            if (changed is null) { continue; }

            var found = new Finding(
                Yes, $"{Words.Capital(aspect)} of version {version} on {endpoint.Name}", Words.Clause(changed.Fact.Detail), $"on '{endpoint.Name}', {Words.Inner(changed.Fact.Detail)}",
                changed.Digest, changed.Fact.ObservedMs, link);
            yield return changed.Fact.Verdict switch
            {
                "yes" => found,
                "no" => found with { Verdict = No },
                "attention" => found with { Verdict = Attention },
                _ => found with { Verdict = Unknown },
            };
        }

        var missing = said.Where(one => one.Said is null).Select(one => $"version {one.Version}").ToList();
        if (missing.Count > 0)
        {
            yield return new Finding(
                Unknown, $"{Words.Capital(aspect)} on {endpoint.Name}", $"not measured for {Words.List(missing)}", $"{aspect} of {Words.List(missing)} on '{endpoint.Name}' has not been measured", null, null, link);
        }
    }

    /// <summary>What was done when something was not as it should be.</summary>
    private static IEnumerable<Finding> Controls(EndpointOf endpoint)
    {
        var link = Links.Endpoint(endpoint.Name);
        if (endpoint.Stopped is { } stopped)
        {
            yield return new Finding(
                Attention, "Kill switch", $"{endpoint.Name} stopped: {Words.Clause(stopped.Fact.Reason)}", $"endpoint '{endpoint.Name}' is stopped: {Words.Clause(stopped.Fact.Reason)}", null, stopped.AtMs, link);
        }
        else if (endpoint.Deployments.Count > 0)
        {
            var used = endpoint.Released is { } released ? $", last used and released {Words.Time(released.AtMs)}" : ", never used";
            yield return new Finding(Yes, "Kill switch", $"ready on {endpoint.Name}{used}", "", null, endpoint.Released?.AtMs, link);
        }

        if (endpoint.Deployments.Count > 0) { yield return Armed(endpoint); }

        if (endpoint.Halted is { } halted)
        {
            yield return new Finding(
                Attention, "Rollout", $"halted on {endpoint.Name}: {Words.Clause(halted.Fact.Reason)}", $"the rollout on '{endpoint.Name}' is halted since {Words.Time(halted.AtMs)}: {Words.Clause(halted.Fact.Reason)}",
                null, halted.AtMs, link);
        }

        if (endpoint.RolledBack is { } back)
        {
            yield return new Finding(
                Attention, "Rollback", $"{endpoint.Name} from version {back.Fact.From} to version {back.Fact.To}: {Words.Clause(back.Fact.Reason)}",
                $"version {back.Fact.From} was taken out of '{endpoint.Name}' at {Words.Time(back.AtMs)}: {Words.Clause(back.Fact.Reason)}", endpoint.Envelope(back.Fact.From)?.Digest, back.AtMs, link);
        }
    }

    private static Finding Armed(EndpointOf endpoint)
    {
        var (label, link) = ($"Armed on {endpoint.Name}", Links.Monitor(endpoint.Name));
        return endpoint.Monitor is not { } monitor ? new Finding(Unknown, label, "not recorded", $"what follows by itself on '{endpoint.Name}' is not recorded", null, null, link)
            : monitor.Fact.Reactions.Count == 0 ? new Finding(Attention, label, "nothing", $"nothing follows by itself on '{endpoint.Name}'", monitor.Digest, monitor.AtMs, link)
            : new Finding(Yes, label, Words.List([.. monitor.Fact.Reactions.Select(Words.Reaction)]), "", monitor.Digest, monitor.AtMs, link);
    }

    private static string? Tail(ModelState state)
    {
        var armed = state.Endpoints.Where(endpoint => endpoint.Deployments.Count > 0).SelectMany(endpoint => endpoint.Monitor?.Fact.Reactions ?? []).Select(Words.Reaction).Distinct().ToList();
        return armed.Count == 0 ? null : $"armed: {string.Join(", ", armed)}";
    }
}
