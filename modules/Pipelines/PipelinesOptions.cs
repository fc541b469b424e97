using System.ComponentModel.DataAnnotations;

namespace Slipway.Pipelines;

/// <summary>Settings of this module, under <c>pipelines</c>.</summary>
internal sealed class PipelinesOptions
{
    /// <summary>How many steps this process runs at once, of all runs together. Default 4; 1 to 256.</summary>
    [Range(1, 256, ErrorMessage = "pipelines: parallel-steps may be {1} to {2}.")]
    public int ParallelSteps { get; set; } = 4;

    /// <summary>
    /// Who runs <c>command</c> steps: <c>server</c> = this machine, as the server's own user. Default: <c>server</c> in local mode; nobody where sign-in is required, since whoever may start
    /// a run could then do what that user can.
    /// </summary>
    [RegularExpression("^(server)?$", ErrorMessage = "pipelines: command-worker is 'server' (this machine, as the server's own user) or left out.")]
    public string? CommandWorker { get; set; }
}
