using Microsoft.AspNetCore.Http;

namespace Slipway.Kernel;

public enum PrincipalKind
{
    Person,
    ServiceAccount,

    /// <summary>Whoever sits at the machine, in <c>local</c> mode: stands for one person, never for two.</summary>
    LocalOwner,

    /// <summary>The server itself, in its own jobs.</summary>
    System,
}

/// <summary>
/// What a principal may do where: level on <c>server</c>, <c>workspace/*</c>, <c>workspace/{name}</c>, or one object of a workspace (<see cref="ObjectRef.Resource"/>).
/// </summary>
public sealed record Grant(string Resource, Level Level)
{
    public const string Server = "server";

    public bool Covers(string resource) =>
        Resource == Server || Resource == resource
        || (Resource == "workspace/*" && resource.StartsWith("workspace/", StringComparison.Ordinal))
        || (resource.Length > Resource.Length && resource[Resource.Length] == '/' && resource.StartsWith(Resource, StringComparison.Ordinal));
}

/// <summary>Who asks, for which workspace, from where. Bound to every handler; immutable.</summary>
/// <param name="Grants">All of the principal's grants; the property holds those on the server and on workspaces.</param>
public sealed partial record Caller(string Id, string Name, PrincipalKind Kind, IReadOnlyList<Grant> Grants)
{
    private readonly ObjectGrants _objects = ObjectGrants.Of(Grants);

    /// <summary>Those on the server and on workspaces; those on single objects are asked through <see cref="May(Permission, string)"/> and <see cref="Reach"/>.</summary>
    public IReadOnlyList<Grant> Grants
    {
        get;
        init => (field, _objects) = (Wide(value), ObjectGrants.Of(value));
    } = Wide(Grants);

    /// <summary>The workspace of this request: of the URL, the MLflow header, the key's home, or <c>default</c>.</summary>
    public string Workspace { get; init; } = "default";

    /// <summary>The API key or session the request came with; null for the local owner and for jobs.</summary>
    public string? CredentialId { get; init; }

    /// <summary>The principal on whose behalf this one acts; null = its own. The audit log names both.</summary>
    public string? ActingAs { get; init; }

    public string RequestId { get; init; } = "";

    /// <summary>The remote address as the trusted proxies give it; null for jobs.</summary>
    public string? Address { get; init; }

    /// <summary>Caps what the grants give (a key made for less than its owner may do); null = no cap.</summary>
    public Level? Cap { get; init; }

    /// <summary>True when a role on the workspace or the server gives it; single objects may still be excepted.</summary>
    public bool Has(Permission permission) => Has(permission, Workspace);

    public bool Has(Permission permission, string workspace)
    {
        if (Cap is { } cap && !permission.Levels.Contains(cap)) { return false; }

        var resource = permission.ServerWide ? Grant.Server : $"workspace/{workspace}";
        return Grants.Any(grant => grant.Covers(resource) && permission.Levels.Contains(grant.Level));
    }

    /// <summary>True when any grant covers the workspace or an object in it: its name and the bare fact of changes in it are no secret to this caller.</summary>
    public bool SeesWorkspace(string workspace) =>
        Grants.Any(grant => grant.Covers($"workspace/{workspace}")) || (!_objects.AreNone && _objects.In(workspace).Any(grant => grant.Value != Level.None));

    /// <summary>
    /// The refusal when the permission is missing, otherwise null. A permission that grants on single objects can give (<see cref="Permission.On"/>) is missing when no object gives it
    /// either: whether this object does, the store's finder asks.
    /// </summary>
    public Problem? Lacks(Permission permission) => Has(permission) || HasSomewhere(permission, Workspace)
        ? null
        : Problem.Forbidden(permission.ServerWide
            ? $"'{Name}' lacks {permission.Name} on this server; one of {string.Join(", ", permission.Levels)} on 'server' gives it."
            : $"'{Name}' lacks {permission.Name} in workspace '{Workspace}'; one of the roles {string.Join(", ", permission.Levels)} gives it.");

    /// <summary>The server's own jobs in one workspace: may do everything there, and the audit log says so.</summary>
    public static Caller ForJob(string job, string workspace) =>
        new($"system:{job}", job, PrincipalKind.System, [new Grant(Grant.Server, Level.Admin)]) { Workspace = workspace };

    /// <summary>Minimal APIs bind a handler's <c>Caller</c> by this; the authentication middleware has put it there.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) =>
        new(context.Features.Get<Caller>() ?? throw new InvalidOperationException("The route ran without authentication."));

    private static IReadOnlyList<Grant> Wide(IReadOnlyList<Grant> grants) => [.. grants.Where(grant => ObjectRef.Parse(grant.Resource) is null)];
}
