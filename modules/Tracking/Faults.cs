using Slipway.Kernel;

namespace Slipway.Tracking;

/// <summary>Problems of this module. The sentences are MLflow's where it has one: its clients and their users look for them.</summary>
internal static class Faults
{
    public static Problem NoExperiment(string id) => new(404, "not_found", $"No Experiment with id={id} exists");

    public static Problem NoRun(string runId) => new(404, "not_found", $"Run with id={runId} not found");

    public static Problem NotActive(string kind, string id) =>
        new(400, "invalid", $"The {kind} {id} must be in the 'active' state. Current state is deleted.");

    /// <summary>An experiment's id as a number, or the problem.</summary>
    public static Result<long> ExperimentId(string id) =>
        long.TryParse(id, System.Globalization.NumberStyles.AllowLeadingSign, null, out var number)
            ? number
            : Problem.Invalid("experiment_id", $"Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");
}
