using Slipway.Identity.Contracts;
using Slipway.Kernel;

namespace Slipway.Identity.Grants;

/// <summary>Who may see and give roles on a resource: nobody gives what reaches further than what they administer.</summary>
internal static class GrantRule
{
    public const string AllWorkspaces = "workspace/*";
    private const string Workspace = "workspace/";

    /// <summary>Levels on a single object; the others judge and oversee more than one thing.</summary>
    public static readonly Role[] OfObjects = [Role.Viewer, Role.Member, Role.Contributor, Role.Admin, Role.None];

    public static bool MaySee(Caller caller, string resource) => Holds(caller, Permissions.GrantsRead, resource);

    /// <summary>One that hides an object from its principal is shown to those alone who oversee the object.</summary>
    public static bool MaySee(Caller caller, GrantView grant) => (grant.PrincipalId == caller.Id && grant.Level != Role.None) || MaySee(caller, grant.Resource);

    /// <summary>An administrator of a resource gives any role on it and on what it covers, and on nothing else.</summary>
    public static bool MayGive(Caller caller, string resource) => Holds(caller, Permissions.GrantsWrite, resource);

    /// <summary>The workspace that a resource names, or in which its object is; null for patterns and for anything else.</summary>
    public static string? WorkspaceOf(string resource) =>
        ObjectRef.Parse(resource) is { } it ? it.Workspace
        : resource.StartsWith(Workspace, StringComparison.Ordinal) && resource != AllWorkspaces ? resource[Workspace.Length..] : null;

    /// <summary>What is wrong with a resource as text, or null; whether what it names exists is another question.</summary>
    /// <param name="kinds">Kinds of objects that grants can name.</param>
    public static string? Fault(string resource, IEnumerable<string> kinds) =>
        resource is Grant.Server or AllWorkspaces
        || (WorkspaceOf(resource) is { } name && Names.WorkspaceFault(name) is null && (ObjectRef.Parse(resource) is not { } it || kinds.Contains(it.Kind)))
            ? null
            : $"A resource is 'server', 'workspace/*', 'workspace/' and the name of a workspace, or one object in it: {string.Join(" or ", kinds.Select(kind => $"'workspace/NAME/{kind}/ID'"))}.";

    /// <summary>What is wrong with a level on a resource, or null.</summary>
    public static string? LevelFault(string resource, Role level) => ObjectRef.Parse(resource) is null
        ? level is Role.None ? "The level 'none' is for single objects; to take a role away, delete its grant." : null
        : OfObjects.Contains(level) ? null : $"On a single object the level is one of {string.Join(", ", OfObjects)}; '{level}' is for workspaces.";

    /// <summary>
    /// What counts of a principal's grants. Those on single objects that they gave themselves, by making the object or while they administered it, lean on a role that makes such things: without one
    /// in the workspace they rest. What somebody else gave stands by itself, and what takes away always counts.
    /// </summary>
    /// <param name="given">The principal's own, each with whether they gave it themselves.</param>
    /// <param name="ofEverybody">What everybody may do.</param>
    public static IReadOnlyList<Grant> InForce(IReadOnlyList<(Grant Grant, bool Own)> given, IReadOnlyList<Grant> ofEverybody)
    {
        Grant[] all = [.. given.Select(one => one.Grant), .. ofEverybody];
        var makes = all.Where(grant => ObjectRef.Parse(grant.Resource) is null && Permission.Makers.Contains(grant.Level)).ToList();
        var resting = given.Where(one => one is { Own: true, Grant.Level: not Level.None } && ObjectRef.Parse(one.Grant.Resource) is not null && !makes.Any(role => role.Covers(one.Grant.Resource)))
            .Select(one => one.Grant).ToHashSet();
        return resting.Count == 0 ? all : [.. all.Where(grant => !resting.Contains(grant))];
    }

    /// <summary>Asked of a resource, unlike <see cref="Caller.Has(Permission)"/>, which asks of a workspace.</summary>
    public static bool Holds(Caller caller, Permission permission, string resource) =>
        (caller.Cap is not { } cap || permission.Levels.Contains(cap))
        && (caller.Grants.Any(grant => grant.Covers(resource) && permission.Levels.Contains(grant.Level))
            || (ObjectRef.Parse(resource) is { } it && permission.Levels.Contains(Level.Admin) && caller.Managed().Contains(it)));
}
