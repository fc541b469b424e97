using Slipway.Kernel;

namespace Slipway.Pipelines;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission RunsRead = new("pipelines.runs.read", "See pipelines and their runs, with logs and outputs.", Permission.Everyone);
    public static readonly Permission RunsWrite = new("pipelines.runs.write", "Check definitions, upload their files, start and cancel runs.", Permission.Writers);

    public static readonly IReadOnlyList<Permission> All = [RunsRead, RunsWrite];
}
