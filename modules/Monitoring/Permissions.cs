using Slipway.Kernel;

namespace Slipway.Monitoring;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission Read = new("monitoring.monitors.read", "See monitors, windows, alerts, realised performance and requests for retraining.", Permission.Everyone);
    public static readonly Permission Write = new("monitoring.monitors.write", "Put a monitor's definition in force, and close alerts.", Permission.Writers);
    public static readonly Permission LabelsWrite = new("monitoring.labels.write", "Report what happened after predictions.", Permission.Writers);
    public static readonly Permission RetrainingWrite = new("monitoring.retraining.write", "Say which run answers a request for retraining, or dismiss the request.", Permission.Writers);

    public static readonly IReadOnlyList<Permission> All = [Read, Write, LabelsWrite, RetrainingWrite];
}
