using Slipway.Kernel;

namespace Slipway.Tracking;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission ExperimentsRead = new("tracking.experiments.read", "See experiments.", Permission.Everyone);
    public static readonly Permission ExperimentsWrite = new("tracking.experiments.write", "Create, rename, tag, delete and restore experiments.", Permission.Writers);
    public static readonly Permission RunsRead = new("tracking.runs.read", "See runs with their parameters, metrics and tags.", Permission.Everyone);
    public static readonly Permission RunsWrite = new("tracking.runs.write", "Create runs and log to them, delete and restore them.", Permission.Writers);
    public static readonly Permission ArtifactsRead = new("tracking.artifacts.read", "List and download the artifacts of runs.", Permission.Everyone);
    public static readonly Permission ArtifactsWrite = new("tracking.artifacts.write", "Upload and delete the artifacts of runs.", Permission.Writers);

    public static readonly Permission TrashPurge = new("tracking.trash.purge", "Erase deleted runs and experiments for good.", Permission.Admins);
    public static readonly Permission Import = new("tracking.import", "Take over experiments and runs of another tracking server, under their own ids and times.", Permission.Admins);

    public static readonly IReadOnlyList<Permission> All = [ExperimentsRead, ExperimentsWrite, RunsRead, RunsWrite, ArtifactsRead, ArtifactsWrite, TrashPurge, Import];
}
