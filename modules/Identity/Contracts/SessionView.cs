namespace Slipway.Identity.Contracts;

/// <summary>Who the caller is and what they may do: what a page needs to show itself.</summary>
/// <param name="Workspaces">Those the caller may see, by name.</param>
/// <param name="Permissions">Those that a grant on the whole server gives: of the server itself, and of every workspace.</param>
/// <param name="Version">Of the server.</param>
/// <param name="InsecureHttp">True when plain HTTP beyond loopback was allowed: pages say so.</param>
public sealed record SessionView(
    SessionPrincipalView Principal, IReadOnlyList<SessionWorkspaceView> Workspaces, IReadOnlyList<string> Permissions, AuthMode Mode, string Version, bool InsecureHttp);

public sealed record SessionPrincipalView(string Id, string Name, string DisplayName, SessionPrincipalKind Kind);

/// <param name="Roles">Levels of the grants that cover it.</param>
/// <param name="Permissions">What they give there, as far as the credential in use is not capped.</param>
public sealed record SessionWorkspaceView(string Name, string Title, IReadOnlyList<Role> Roles, IReadOnlyList<string> Permissions);

public enum SessionPrincipalKind
{
    Person,
    ServiceAccount,

    /// <summary>Whoever sits at the machine, in local mode.</summary>
    LocalOwner,
}

public enum AuthMode
{
    /// <summary>Callers on this machine need no credentials.</summary>
    Local,

    /// <summary>Everybody needs credentials.</summary>
    Required,
}
