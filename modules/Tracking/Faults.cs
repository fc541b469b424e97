using Slipway.Kernel;

namespace Slipway.Tracking;

/// <summary>Problems of this module. The sentences are MLflow's where it has one: its clients and their users look for them.</summary>
internal static class Faults
{
    public static Problem NoExperiment(string id) => new(404, "not_found", $"No Experiment with id={id} exists");

    public static Problem NoRun(string runId) => new(404, "not_found", $"Run with id={runId} not found");

    /// <summary>As <see cref="NoRun(string)"/>; says when the run was purged, if it was.</summary>
    public static Problem NoRun(ReadTx tx, string workspace, string runId) => Runs.RunStore.PurgedMs(tx, workspace, runId) is { } purgedMs
        ? NoRun(runId) is var fault ? fault with { Detail = $"{fault.Detail}: it was deleted for good on {DateTimeOffset.FromUnixTimeMilliseconds(purgedMs):yyyy-MM-dd}." } : fault
        : NoRun(runId);

    public static Problem NotActive(string kind, string id) =>
        new(400, "invalid", $"The {kind} {id} must be in the 'active' state. Current state is deleted.");

    /// <summary>An experiment's id as a number, or the problem.</summary>
    public static Result<long> ExperimentId(string id) =>
        long.TryParse(id, System.Globalization.NumberStyles.AllowLeadingSign, null, out var number)
            ? number
            : Problem.Invalid("experiment_id", $"Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");
}
