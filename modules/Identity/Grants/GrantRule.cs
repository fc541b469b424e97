using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>Who may see and give roles on a resource: nobody gives what reaches further than what they administer.</summary>
internal static class GrantRule
{
    public const string AllWorkspaces = "workspace/*";
    private const string Workspace = "workspace/";

    public static bool MaySee(Caller caller, string resource) => Holds(caller, Permissions.GrantsRead, resource);

    /// <summary>An administrator of a resource gives any role on it and on what it covers, and on nothing else.</summary>
    public static bool MayGive(Caller caller, string resource) => Holds(caller, Permissions.GrantsWrite, resource);

    /// <summary>The workspace that a resource names; null for patterns and for anything else.</summary>
    public static string? WorkspaceOf(string resource) =>
        resource.StartsWith(Workspace, StringComparison.Ordinal) && resource != AllWorkspaces ? resource[Workspace.Length..] : null;

    /// <summary>What is wrong with a resource as text, or null; whether its workspace exists is another question.</summary>
    public static string? Fault(string resource) =>
        resource is Grant.Server or AllWorkspaces || (WorkspaceOf(resource) is { } name && Names.WorkspaceFault(name) is null)
            ? null
            : "A resource is 'server', 'workspace/*' or 'workspace/' and the name of a workspace.";

    /// <summary>Asked of a resource, unlike <see cref="Caller.Has(Permission)"/>, which asks of a workspace.</summary>
    public static bool Holds(Caller caller, Permission permission, string resource) =>
        (caller.Cap is not { } cap || permission.Levels.Contains(cap))
        && caller.Grants.Any(grant => grant.Covers(resource) && permission.Levels.Contains(grant.Level));
}
