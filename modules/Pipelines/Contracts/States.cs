namespace Slipway.Pipelines.Contracts;

public enum PipelineRunState
{
    /// <summary>Accepted; no step has begun yet.</summary>
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

public enum StepState
{
    /// <summary>Its inputs are not there yet, or all workers are busy.</summary>
    Waiting,
    Running,
    Succeeded,

    /// <summary>The result of an earlier run was taken, since nothing it depends on has changed.</summary>
    Reused,
    Failed,

    /// <summary>Never begun, since a step before it failed.</summary>
    Skipped,
    Cancelled,
}
