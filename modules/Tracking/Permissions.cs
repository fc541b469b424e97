using Slipway.Kernel;

namespace Slipway.Tracking;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission ExperimentsRead = new("tracking.experiments.read", "See experiments.", Permission.Everyone) { On = ObjectRef.Experiment };
    public static readonly Permission ExperimentsCreate = new("tracking.experiments.create", "Create experiments.", Permission.Makers);
    public static readonly Permission ExperimentsWrite = new("tracking.experiments.write", "Rename and tag experiments.", Permission.Writers) { On = ObjectRef.Experiment };

    public static readonly Permission ExperimentsDelete =
        new("tracking.experiments.delete", "Delete and restore experiments.", Permission.Writers) { On = ObjectRef.Experiment, OnObject = Permission.Admins };

    public static readonly Permission RunsRead = new("tracking.runs.read", "See runs with their parameters, metrics and tags.", Permission.Everyone) { On = ObjectRef.Experiment };
    public static readonly Permission RunsWrite = new("tracking.runs.write", "Create runs and log to them.", Permission.Writers) { On = ObjectRef.Experiment };

    public static readonly Permission RunsDelete =
        new("tracking.runs.delete", "Delete and restore runs and logged models.", Permission.Writers) { On = ObjectRef.Experiment, OnObject = Permission.Admins };

    public static readonly Permission ArtifactsRead = new("tracking.artifacts.read", "List and download the artifacts of runs.", Permission.Everyone) { On = ObjectRef.Experiment };
    public static readonly Permission ArtifactsWrite = new("tracking.artifacts.write", "Upload and delete the artifacts of runs.", Permission.Writers) { On = ObjectRef.Experiment };

    public static readonly Permission TrashPurge = new("tracking.trash.purge", "Erase deleted runs and experiments for good.", Permission.Admins);
    public static readonly Permission Import = new("tracking.import", "Take over experiments and runs of another tracking server, under their own ids and times.", Permission.Admins);

    public static readonly IReadOnlyList<Permission> All =
        [ExperimentsRead, ExperimentsCreate, ExperimentsWrite, ExperimentsDelete, RunsRead, RunsWrite, RunsDelete, ArtifactsRead, ArtifactsWrite, TrashPurge, Import];
}
