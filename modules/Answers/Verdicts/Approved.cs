using Slipway.Answers.Contracts;
using Slipway.Answers.State;
using static Slipway.Answers.Contracts.AnswerVerdict;

namespace Slipway.Answers.Verdicts;

/// <summary>
/// The third answer. Yes: every version in production has an approval in force, somebody is named as owner, and neither entry nor policy has changed since. No: one that is in production has no approval
/// in force, or the approval of the newest version is void, refused or expired. Attention: one waits for sign-off, nobody is named, or entry or policy has changed since. Unknown: nothing is recorded.
/// </summary>
internal static class Approved
{
    public const string Question = "Who approved it, who owns it now, and what changed since approval?";

    public static AnswerView Answer(ModelState state)
    {
        var (versions, deployed) = (InPlay.Versions(state), InPlay.Deployed(state));
        List<Finding> findings = [.. versions.SelectMany(version => Of(state, version, deployed.Contains(version)))];
        if (versions.Count == 0) { findings.Add(new Finding(Unknown, "Versions", "none", "no version is registered")); }

        findings.Add(Owner(state));
        if (versions is [var first, ..] && state.ApprovalOf(first) is { Granted: { } granted }) { findings.AddRange(Since(state, granted.FromPosition)); }

        return Verdict.Of(state, 3, Question, Head(state, versions), findings, "nothing bound has changed since");
    }

    private static string Head(ModelState state, IReadOnlyList<long> versions)
    {
        var owner = state.Inventory?.Fact is { Owner: { } id } entry ? $"{Words.Clause(entry.OwnerName ?? id)} owns it" : "";
        var approved = versions.Count > 0 && state.ApprovalOf(versions[0]) is { InForce: true, Granted: { } granted } approval
            ? $"version {versions[0]} was approved by {By(approval, granted.Fact.SignedBy)} at {Words.Time(granted.AtMs)}, bound to evidence {Words.Short(granted.Fact.EvidenceDigest)}"
            : "";
        return string.Join("; ", new[] { approved, owner }.Where(part => part.Length > 0));
    }

    private static IEnumerable<Finding> Of(ModelState state, long version, bool deployed)
    {
        var (label, approval) = ($"Approval of version {version}", state.ApprovalOf(version));
        if (approval is null)
        {
            yield return deployed
                ? new Finding(No, label, "none", $"nobody has approved version {version}, and it is deployed")
                : new Finding(Unknown, label, "none was asked for", $"no approval of version {version} was asked for");
            yield break;
        }

        var link = Links.Approval(approval.Id);
        if (approval.WhyNot is { } why)
        {
            var waits = approval is { Granted: null, Refused: null, Voided: null };
            yield return new Finding(
                waits && !deployed ? Attention : No, label, Words.Capital(why), deployed && waits ? $"{why}, and it is deployed" : why, approval.Requested.Digest,
                (approval.Voided?.AtMs ?? approval.Refused?.AtMs ?? approval.Granted?.AtMs) ?? approval.Requested.AtMs, link);
            yield break;
        }

        var granted = approval.Granted!;
        yield return new Finding(
            Yes, label, $"granted by {By(approval, granted.Fact.SignedBy)}{(granted.Fact.ExpiresMs is { } expires ? $" until {Words.Time(expires)}" : "")}", "", granted.Digest, granted.AtMs, link);
        foreach (var signed in approval.Signed)
        {
            yield return new Finding(Yes, $"Sign-off of version {version}", $"{signed.Fact.ByName}: {Words.Clause(signed.Fact.Reason)}", "", signed.Digest, signed.AtMs, link);
        }
    }

    private static string By(Approval approval, IReadOnlyList<string> signedBy) =>
        Words.List([.. (signedBy.Count > 0 ? signedBy : approval.Signed.Select(signed => signed.Fact.ByName)).Select(Words.Clause)]) is { Length: > 0 } names ? names : "nobody who is named";

    private static Finding Owner(ModelState state) =>
        state.Inventory is not { } entry ? new Finding(Unknown, "Owner", "not recorded", "who owns it is not recorded")
        : entry.Fact.Owner is not { } id ? new Finding(Attention, "Owner", "nobody is named", "nobody is named as its owner", entry.Digest, entry.AtMs, Links.Entry(state.Model))
        : new Finding(Yes, "Owner", Words.Clause(entry.Fact.OwnerName ?? id), "", entry.Digest, entry.AtMs, Links.Entry(state.Model));

    /// <summary>What changed after the approval. A bound field voids it; until somebody has noted that, the change itself asks for attention.</summary>
    private static IEnumerable<Finding> Since(ModelState state, long position)
    {
        if (state.Inventory is { } entry && entry.FromPosition > position)
        {
            yield return new Finding(Attention, "Inventory entry", "changed since approval", "the inventory entry has changed since", entry.Digest, entry.AtMs, Links.Entry(state.Model));
        }

        if (state.Policy is { } policy && policy.FromPosition > position)
        {
            yield return new Finding(Attention, "Policy", $"version {policy.Fact.Version} since approval", $"policy version {policy.Fact.Version} has come into force since", policy.Digest, policy.AtMs, Links.Policy(policy.Fact.Version));
        }

        foreach (var version in state.Versions.Where(version => version.FromPosition > position).TakeLast(3))
        {
            yield return new Finding(
                Yes, "Registered since", $"version {version.Fact.Version}", "", version.Digest, version.AtMs, Links.Version(state.Model, version.Fact.Version));
        }
    }
}
