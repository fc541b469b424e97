namespace Slipway.Kernel;

/// <summary>What a route or a handler asks for.</summary>
/// <param name="Name"><c>tracking.runs.write</c>: module, object, verb.</param>
/// <param name="Meaning">One sentence for the docs and the people page.</param>
/// <param name="Levels">The levels of a grant that include it.</param>
public sealed record Permission(string Name, string Meaning, params Level[] Levels)
{
    /// <summary>Asked of the whole server rather than of one workspace.</summary>
    public bool ServerWide { get; init; }

    public static readonly Level[] Everyone = [Level.Viewer, Level.Contributor, Level.Validator, Level.Approver, Level.Admin, Level.Auditor];
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
}
