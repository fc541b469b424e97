using Slipway.Answers.Contracts;
using Slipway.Monitoring.Ports;
using Slipway.Serving.Ports;
using static Slipway.Answers.Tests.Told;

namespace Slipway.Answers.Tests.Fold;

public sealed class FoldBatchTests
{
    [Theory, EachDatabase]
    public async Task An_endpoint_made_anew_does_not_inherit_what_monitors_said_of_the_one_before(string database)
    {
        await using var past = await Past.Open(database);
        await past.TellAll([.. AllIsWell(), .. Other("e2"), .. Other("e_"), .. Other("E")]);
        Assert.Equal(AnswerVerdict.Yes, (await past.View("m")).Answers[3].Verdict);

        // The monitor was still looking when the endpoint was deleted.
        await past.TellAll([new EndpointDeleted(Past.Workspace, "e", "m"), Said("fairness", "no"), Endpoint(), Monitor(new ArmedReaction("drift", ["haltRollout"])), Traffic(RolloutState.Steady, Champion(1))]);

        var answers = (await past.View("m")).Answers;
        Assert.Contains(answers[1].Evidence, one => one is { Label: "Population of version 1 on e", Verdict: AnswerVerdict.Unknown, Value: "not measured" });
        foreach (var aspect in (string[])["Decisions", "Fairness", "Performance"])
        {
            Assert.Contains(answers[3].Evidence, one => one.Label == $"{aspect} on e" && one is { Verdict: AnswerVerdict.Unknown, Value: "not measured for version 1" });
            foreach (var other in (string[])["e2", "e_", "E"]) { Assert.Contains(answers[3].Evidence, one => one.Label == $"{aspect} of version 1 on {other}" && one.Verdict == AnswerVerdict.Yes); }
        }
    }

    /// <summary>All is well on another endpoint, too.</summary>
    private static IEnumerable<object> Other(string endpoint) => AllIsWell().Select(fact => fact switch
    {
        EndpointCreated made => made with { Endpoint = endpoint },
        MonitorDefined defined => defined with { Endpoint = endpoint },
        TrafficChanged traffic => traffic with { Endpoint = endpoint },
        MonitorChanged said => (object)(said with { Endpoint = endpoint }),
        _ => null!,
    }).Where(fact => fact is not null);
}
