using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Mlflow;

/// <summary>Names of enum values in the protocol.</summary>
internal static class WireNames
{
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Running => "RUNNING",
        RunStatus.Scheduled => "SCHEDULED",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        _ => "KILLED",
    };

    public static string Of(LoggedModelStatus status) => status switch
    {
        LoggedModelStatus.Pending => "LOGGED_MODEL_PENDING",
        LoggedModelStatus.Ready => "LOGGED_MODEL_READY",
        _ => "LOGGED_MODEL_UPLOAD_FAILED",
    };

    public static string Of(LifecycleView view) => view switch
    {
        LifecycleView.Active => "ACTIVE_ONLY",
        LifecycleView.Deleted => "DELETED_ONLY",
        _ => "ALL",
    };
}
