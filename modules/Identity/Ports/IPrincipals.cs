using Slipway.Kernel;

namespace Slipway.Identity.Ports;

/// <summary>Who somebody is later on, when work that they started goes on without a request of theirs. Thread safe.</summary>
public interface IPrincipals
{
    /// <summary>The principal with its grants of this moment, in a workspace; null when it is deactivated or unknown, and for the local owner when the server is no longer in local mode.</summary>
    Task<Caller?> Find(string principalId, string workspace, CancellationToken ct);
}
