namespace Slipway.Kernel;

/// <summary>What a route or a handler asks for.</summary>
/// <param name="Name"><c>tracking.runs.write</c>: module, object, verb.</param>
/// <param name="Meaning">One sentence for the docs and the people page.</param>
/// <param name="Levels">The levels of a grant that include it.</param>
public sealed record Permission(string Name, string Meaning, params Level[] Levels)
{
    /// <summary>Asked of the whole server rather than of one workspace.</summary>
    public bool ServerWide { get; init; }

    /// <summary>
    /// The kind of object, such as <c>experiment</c>, on which a grant of its own gives or takes this permission; null = only roles on the workspace or the server count.
    /// A route passes whoever has it on any object of the workspace, so each handler asks again for the object: through the finders of the store, which take the caller.
    /// </summary>
    public string? On { get; init; }

    /// <summary>Levels of a grant on one object that include it; null = the same as elsewhere.</summary>
    public Level[]? OnObject { get; init; }

    public static readonly Level[] Everyone = [Level.Viewer, Level.Contributor, Level.Validator, Level.Approver, Level.Admin, Level.Auditor, Level.Member];
    public static readonly Level[] Makers = [Level.Member, Level.Contributor, Level.Admin];
    public static readonly Level[] Writers = [Level.Contributor, Level.Admin];
    public static readonly Level[] Admins = [Level.Admin];
    public static readonly Level[] Overseers = [Level.Admin, Level.Auditor];
}

/// <summary>What a grant gives; roles of people and permission levels of foreign protocols are views of it.</summary>
public enum Level
{
    Viewer,
    Contributor,
    Validator,
    Approver,
    Admin,
    Auditor,

    /// <summary>As a viewer, and makes experiments and models of their own, which they then manage. What MLflow calls USE.</summary>
    Member,

    /// <summary>On a single object only: takes away what wider grants give. What MLflow calls NO_PERMISSIONS.</summary>
    None,
}
