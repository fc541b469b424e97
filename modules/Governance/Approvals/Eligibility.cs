using Slipway.Kernel;

namespace Slipway.Governance.Approvals;

/// <summary>The people around an approval; each may be null when nobody is known.</summary>
/// <param name="Author">Who registered the version, or owns the service account that did.</param>
/// <param name="Owner">Who answers for the model.</param>
/// <param name="Requester">Who asked.</param>
internal sealed record Parties(string? Author, string? Owner, string? Requester)
{
    /// <summary>Why this person is not independent; null when they are.</summary>
    public string? Fault(string person) =>
        person == Author ? "registered the version, and nobody approves their own work"
        : person == Owner ? "owns the model, and owners do not approve for themselves"
        : person == Requester ? "asked for this approval, and somebody else has to sign"
        : null;
}

/// <summary>Who may sign: a person, independent of the work, once. A relation between people, which no role can express. Pure.</summary>
internal static class Eligibility
{
    /// <param name="person">The person who answers for what the signer does: the signer, or the owner of a service account.</param>
    /// <param name="signed">The people who have signed already.</param>
    /// <returns>Why not, in one sentence; null when they may.</returns>
    public static string? Fault(Caller signer, string person, Parties parties, IEnumerable<string> signed, bool serviceAccounts) => signer switch
    {
        { Kind: PrincipalKind.System } => "The server itself signs nothing.",
        { Kind: PrincipalKind.ServiceAccount } when !serviceAccounts => $"'{signer.Name}' is a service account, and the policy lets people sign alone.",
        { ActingAs: not null } => $"'{signer.Name}' acts on somebody's behalf; a sign-off is one's own.",
        _ when parties.Fault(person) is { } fault => $"'{signer.Name}' {fault}.",
        _ when signed.Contains(person) => $"'{signer.Name}' has signed already; each sign-off is another person's.",
        _ => null,
    };
}
