using Slipway.Answers.Fold;
using Slipway.Governance.Ports;

namespace Slipway.Answers.State;

/// <summary>An approval that was asked for, and what became of it by the moment.</summary>
internal sealed class Approval(ModelState state, Held<ApprovalRequested> requested)
{
    public Held<ApprovalRequested> Requested { get; } = requested;

    public string Id => Requested.Fact.ApprovalId;

    public long Version => Requested.Fact.Version;

    public Held<ApprovalGranted>? Granted { get; } = state.Find<ApprovalGranted>(Subjects.Approval(requested.Fact.ApprovalId), Fields.Granted);

    public Held<ApprovalRefused>? Refused { get; } = state.Find<ApprovalRefused>(Subjects.Approval(requested.Fact.ApprovalId), Fields.Refused);

    public Held<ApprovalVoided>? Voided { get; } = state.Find<ApprovalVoided>(Subjects.Approval(requested.Fact.ApprovalId), Fields.Voided);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Held<ApprovalSigned>> Signed { get; } =
        [.. state.All<ApprovalSigned>(Subjects.Approval(requested.Fact.ApprovalId), Fields.Signed("")).OrderBy(signed => signed.FromPosition)];

    public bool InForce => Granted is not null && WhyNot is null;

    /// <summary>Why it is not in force, as a clause; null when it is.</summary>
    public string? WhyNot =>
        Voided is { } voided ? $"the approval of version {Version} is void since {Words.Time(voided.AtMs)}: {Words.Clause(voided.Fact.Reason)}"
        : Refused is { } refused ? $"{refused.Fact.ByName} refused version {Version}: {Words.Clause(refused.Fact.Reason)}"
        : Granted is not { } granted ? $"the approval of version {Version} waits for sign-off"
        : granted.Fact.ExpiresMs is { } expires && expires <= state.Moment.AtMs ? $"the approval of version {Version} expired at {Words.Time(expires)}"
        : Lapsed(granted.Fact) is { } exception ? $"an exception that the approval of version {Version} needs is no longer in force ({exception})"
        : null;

    private string? Lapsed(ApprovalGranted granted) => granted.Exceptions.FirstOrDefault(
        id => state.Exceptions.FirstOrDefault(exception => exception.Fact.ExceptionId == id) is not { } held || held.Fact.ExpiresMs <= state.Moment.AtMs);
}
