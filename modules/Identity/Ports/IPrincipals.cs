using Slipway.Kernel;

namespace Slipway.Identity.Ports;

/// <summary>Who somebody is later on, when work that they started goes on without a request of theirs. Thread safe.</summary>
public interface IPrincipals
{
    /// <summary>The principal with its grants of this moment, in a workspace; null when it is deactivated or unknown, and for the local owner when the server is no longer in local mode.</summary>
    Task<Caller?> Find(string principalId, string workspace, CancellationToken ct);

    /// <summary>Who an id or a name stands for, deactivated ones included, for decisions in the asker's own transaction; null when there is nobody.</summary>
    Principal? Look(ReadTx tx, string idOrName);
}

/// <param name="PersonId">The person who answers for what it does: itself, or the owner of a service account.</param>
public sealed record Principal(string Id, string Name, PrincipalKind Kind, string PersonId, bool Active);
