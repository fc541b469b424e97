using Slipway.Answers.Contracts;
using Slipway.Monitoring.Ports;
using Slipway.Serving.Ports;
using static Slipway.Answers.Contracts.AnswerVerdict;
using static Slipway.Answers.Tests.Told;

namespace Slipway.Answers.Tests.Verdicts;

/// <summary>What each answer is when something is otherwise than it should be; all else is well.</summary>
public sealed class VerdictTests
{
    private const long Later = long.MaxValue / 2;

    // What was changed, then the four verdicts, then a part of the sentence of one of them, capital or not.
    private static readonly Dictionary<string, (object[] Then, AnswerVerdict[] Verdicts, int Answer, string Words)> Cases = new()
    {
        ["all is well"] = ([], [Yes, Yes, Yes, Yes], 1, "Says who may have a loan; on endpoint 'e', version 1 with 100 %; as approved."),
        ["an approved canary that nobody has measured"] = (
            [Version(2), Requested(2, "a2"), Granted(2, "a2"), Traffic(RolloutState.Canary, Champion(1, 0.9), Canary(2))],
            [Yes, Unknown, Yes, Unknown], 1, "version 1 with 90 % and version 2 as canary with 10 %; as approved."),
        ["a canary without approval"] = (
            [Version(2), Traffic(RolloutState.Canary, Champion(1, 0.9), Canary(2))], [No, Unknown, No, Unknown], 3, "nobody has approved version 2, and it is deployed"),
        ["a canary whose approval waits"] = (
            [Version(2), Requested(2, "a2"), Traffic(RolloutState.Canary, Champion(1, 0.9), Canary(2))], [No, Unknown, No, Unknown], 3, "the approval of version 2 waits for sign-off, and it is deployed"),
        ["the approval is void and the version still serves"] = ([Voided(1)], [No, Yes, No, Yes], 3, "void since 1970-01-01 00:16:54 UTC: Since it was signed, inventory.purpose changed"),
        ["the approval is void and the endpoint was stopped"] = ([Voided(1), Stopped()], [Attention, Yes, No, Attention], 1, "endpoint 'e' is stopped since 1970-01-01 00:16:55 UTC: Somebody pulled it"),
        ["stopped"] = ([Stopped()], [Attention, Yes, Yes, Attention], 4, "endpoint 'e' is stopped: Somebody pulled it"),
        ["stopped and released"] = ([Stopped(), Released()], [Yes, Yes, Yes, Yes], 4, "within what was approved; armed: drift halts the rollout and asks for retraining."),
        ["another file serves"] = ([Traffic(RolloutState.Steady, Champion(1, 1, Digest(7)))], [No, No, Yes, Yes], 2, "version 1 on 'e' is another file than the one that was trained and validated"),
        ["the population drifted"] = (
            [Said("population", "no"), Drift(), Halted(), Retraining(), Traffic(RolloutState.Halted, Champion(1))], [Yes, Attention, Yes, Attention], 2,
            "payments to income (PSI 0.31, p < 0.001) and rate (PSI 0.27, p = 0.012) have drifted on 'e' since 1970-01-01 00:00:00 UTC"),
        ["the rollout is halted"] = ([Halted(), Traffic(RolloutState.Halted, Champion(1))], [Yes, Yes, Yes, Attention], 4, "the rollout on 'e' is halted since 1970-01-01 00:16:54 UTC: The population drifted;"),
        ["the halt was lifted"] = ([Halted(), Traffic(RolloutState.Halted, Champion(1)), Traffic(RolloutState.Steady, Champion(1))], [Yes, Yes, Yes, Yes], 1, "100 %; as approved."),
        ["a new version after retraining was asked for"] = ([Retraining(), Version(2)], [Yes, Yes, Yes, Yes], 3, "version 1 was approved by Vera at 1970-01-01 00:16:46 UTC, bound to evidence b1; Olga owns it; nothing bound"),
        ["the population is not known"] = ([Said("population", "unknown")], [Yes, Unknown, Yes, Yes], 2, "on 'e', population of version 1 is unknown"),
        ["decisions outside the band"] = ([Said("decisions", "no")], [Yes, Yes, Yes, No], 4, "On 'e', decisions of version 1 is no; armed:"),
        ["fairness in doubt"] = ([Said("fairness", "attention")], [Yes, Yes, Yes, Attention], 4, "fairness of version 1 is attention"),
        ["rolled back"] = ([RolledBack(2, 1), Traffic(RolloutState.Steady, Champion(1))], [Yes, Yes, Yes, Attention], 4, "version 2 was taken out of 'e' at 1970-01-01 00:16:54 UTC: The share of 'deny' left its band"),
        ["an exception in force"] = ([Exception(Later)], [Yes, Yes, Yes, Attention], 4, "an exception from 'fairness ratio' is in force until"),
        ["an exception that ended"] = ([Exception(Later), ExceptionEnded()], [Yes, Yes, Yes, Yes], 4, "within what was approved"),
        ["an exception that is past, before anybody has said so"] = ([Exception(1)], [Yes, Yes, Yes, Yes], 4, "within what was approved"),
        ["an approval that needs an exception that is past"] = ([Granted(1, exceptions: ["x1"]), Exception(1)], [No, Yes, No, Yes], 3, "an exception that the approval of version 1 needs is no longer in force (x1)"),
        ["an approval that needs an exception that holds"] = ([Granted(1, exceptions: ["x1"]), Exception(Later)], [Yes, Yes, Yes, Attention], 3, "nothing bound has changed since."),
        ["an approval past its end"] = ([Granted(1, expiresMs: 1_010_000)], [No, Yes, No, Yes], 3, "the approval of version 1 expired at 1970-01-01 00:16:50 UTC"),
        ["asked for again while the first is in force"] = ([Requested(1, "a2")], [Yes, Yes, Yes, Yes], 3, "was approved by Vera"),
        ["the entry changed"] = ([Entry("Says more")], [Yes, Yes, Attention, Yes], 3, "the inventory entry has changed since."),
        ["nobody owns it"] = ([Entry(owner: null)], [Yes, Yes, Attention, Yes], 3, "nobody is named as its owner"),
        ["the policy changed"] = ([Policy(2)], [Yes, Yes, Attention, Yes], 3, "policy version 2 has come into force since."),
        ["nothing follows by itself"] = ([Monitor()], [Yes, Yes, Yes, Attention], 4, "Nothing follows by itself on 'e'."),
        ["only a shadow is at work"] = ([Traffic(RolloutState.Steady, Shadow(1))], [Yes, Unknown, Yes, Unknown], 4, "it is not in production here, so nothing is measured"),
        ["a shadow beside a champion"] = ([Version(2), Requested(2, "a2"), Granted(2, "a2"), Traffic(RolloutState.Steady, Champion(1), Shadow(2))], [Yes, Yes, Yes, Yes], 2, "production is consistent with it"),
        ["an endpoint made anew under the same name"] = (
            [new EndpointDeleted(Past.Workspace, "e", "m"), Endpoint(), Monitor(new ArmedReaction("drift", ["haltRollout"])), Traffic(RolloutState.Steady, Champion(1))], [Yes, Unknown, Yes, Unknown], 4,
            "decisions of version 1 on 'e' has not been measured"),
        ["the endpoint is deleted"] = ([new EndpointDeleted(Past.Workspace, "e", "m")], [Unknown, Unknown, Yes, Unknown], 1, "no endpoint of this workspace serves it, and nothing is known of other places"),
        ["the version that serves is deleted"] = ([new Registry.Ports.VersionDeleted(Past.Workspace, "m", 1)], [Unknown, Unknown, Yes, Yes], 1, "is no longer registered, so its file cannot be compared"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_worst_of_what_is_known_decides_and_is_said(string name)
    {
        var (then, verdicts, answer, words) = Cases[name];

        var view = GetAnswers.Answer(NaiveFold.Of([.. AllIsWell(), .. then]));

        Assert.Equal(verdicts, view.Answers.Select(one => one.Verdict));
        Assert.Contains(words, view.Answers[answer - 1].Sentence, StringComparison.OrdinalIgnoreCase);
        Assert.All(view.Answers, one => Assert.Equal(one.Verdict, one.Evidence[0].Verdict));
    }

    [Fact]
    public void What_is_not_recorded_is_unknown_and_never_yes()
    {
        object[] bare = [Model(), Version(1, data: null, evaluation: null)];

        Assert.Equal([Unknown, Unknown, Unknown, Unknown], GetAnswers.Answer(NaiveFold.Of([Model()])).Answers.Select(one => one.Verdict));
        var view = GetAnswers.Answer(NaiveFold.Of(bare));
        Assert.Equal([Unknown, Unknown, Unknown, Unknown], view.Answers.Select(one => one.Verdict));
        Assert.Equal("What version 1 was trained on is not recorded; no evaluation of version 1 is recorded; and 1 more.", view.Answers[1].Sentence);
        Assert.Equal("No approval of version 1 was asked for; who owns it is not recorded.", view.Answers[2].Sentence);
        Assert.All(view.Answers.SelectMany(one => one.Evidence).Where(evidence => evidence.Verdict == Unknown), evidence => Assert.Null(evidence.AgeMs));
    }

    [Theory]
    [InlineData("The share of 'deny' is 90 %.", "the share of 'deny' is 90 %"), InlineData("PSI is 0.3", "PSI is 0.3"), InlineData("24 % were 'deny'.", "24 % were 'deny'"), InlineData("A\n  b", "a b"), InlineData("", "")]
    public void A_sentence_becomes_a_part_of_another_one(string sentence, string part) => Assert.Equal(part, Words.Inner(sentence));

    [Fact]
    public void A_version_that_serves_nowhere_may_wait_or_be_refused()
    {
        object[] waiting = [Model(), Version(1), Entry(), Requested(1)];

        Assert.Equal((Attention, "Olga owns it; the approval of version 1 waits for sign-off."), Third([.. waiting]));
        Assert.Equal((No, "Olga owns it; Vera refused version 1: The groups differ too much."), Third([.. waiting, Refused(1)]));
        Assert.Equal(Yes, Third([.. waiting, Signed(1), Granted(1)]).Verdict);
    }

    [Fact]
    public void Evidence_names_its_digest_its_age_at_the_moment_and_the_page_that_shows_it()
    {
        var view = GetAnswers.Answer(NaiveFold.Of([.. AllIsWell(), Said("fairness", "attention", observedMs: 1_000_000)]));

        var fairness = view.Answers[3].Evidence[0];
        Assert.Equal(new EvidenceView("Fairness of version 1 on e", "fairness of version 1 is attention", Attention, "w1", view.AsOfMs - 1_000_000, "/w/default/monitors/e"), fairness);
        Assert.Contains(view.Answers[2].Evidence, one => one is { Label: "Approval of version 1", Value: "granted by Vera", Digest: "b1", Link: "/w/default/approvals/a1" });
        Assert.Contains(view.Answers[1].Evidence, one => one is { Label: "Training data of version 1", Value: "loans version 1 (d1)", Digest: "d1", Link: "/w/default/models/m/versions/1" });
    }

    [Fact]
    public void The_seal_is_of_every_other_field_and_can_be_taken_again_elsewhere()
    {
        AnswersView view = new("default", "späte \"Zahler\"", 7, 1_795_269_720_000, "position:7@1795269720000", [new AnswerView(
            1, "Where?", No, "On 'e' … <b>\\\n\u0001 😀", [new EvidenceView("a", "b", Attention, "ff", 5, "/w/default/endpoints/e")])], "not of itself");

        // json.dumps(answer without digest, sort_keys=True, separators=(',', ':'), ensure_ascii=False) of Python, and its SHA-256.
        Assert.Equal("b60db8f2d1ca1754ed141968f87a70f05a05d6c8a71c720f38805cd7ca788f4f", Seal.Of(view));
        Assert.NotEqual(Seal.Of(view), Seal.Of(view with { Position = 8 }));
        Assert.Equal(Seal.Of(GetAnswers.Answer(NaiveFold.Of(AllIsWell()))), GetAnswers.Answer(NaiveFold.Of(AllIsWell())).Digest);
    }

    private static (AnswerVerdict Verdict, string Sentence) Third(object[] facts) =>
        GetAnswers.Answer(NaiveFold.Of(facts)).Answers[2] is var third ? (third.Verdict, third.Sentence) : default;
}
