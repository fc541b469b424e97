using System.ComponentModel.DataAnnotations;

namespace Slipway.Datasets;

/// <summary>Settings of this module, under <c>datasets</c>.</summary>
internal sealed class DatasetsOptions
{
    /// <summary>Files that are worked on at once, each in a process of its own; further ones wait. Default 2; 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = "datasets: workers may be {1} to {2}.")]
    public int Workers { get; set; } = 2;

    /// <summary>Memory of DuckDB in one worker, in MiB; past it, it uses the disk. Default 1,024; 64 to 1,048,576.</summary>
    [Range(64, 1_048_576, ErrorMessage = "datasets: worker-memory-mib may be {1} to {2}.")]
    public int WorkerMemoryMib { get; set; } = 1_024;

    /// <summary>Threads of one worker. Default 2; 1 to 256.</summary>
    [Range(1, 256, ErrorMessage = "datasets: worker-threads may be {1} to {2}.")]
    public int WorkerThreads { get; set; } = 2;

    /// <summary>A statement on a file that takes longer is stopped, in seconds. Default 300; 1 to 86,400.</summary>
    [Range(1, 86_400, ErrorMessage = "datasets: statement-seconds may be {1} to {2}.")]
    public int StatementSeconds { get; set; } = 300;
}
