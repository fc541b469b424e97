namespace Slipway.OnnxRuntime;

/// <summary>What a model file may hold.</summary>
public sealed record OnnxFileLimits
{
    public static OnnxFileLimits Default { get; } = new();

    /// <summary>Bytes of the file. Default 512 MiB.</summary>
    public long Bytes { get; init; } = 512L << 20;

    /// <summary>Messages of the protobuf of any kind (nodes, attributes, tensors, dimensions, strings in lists). Default 2,000,000.</summary>
    public int Messages { get; init; } = 2_000_000;

    /// <summary>Single numbers in lists, outside the data of tensors. A forest of 100,000 nodes has about a million. Default 50,000,000.</summary>
    public int Numbers { get; init; } = 50_000_000;

    /// <summary>Operators in all graphs together. Default 100,000.</summary>
    public int Nodes { get; init; } = 100_000;

    /// <summary>Graphs inside graphs (branches, loops), the outermost being 1. Default 8.</summary>
    public int GraphDepth { get; init; } = 8;

    /// <summary>Inputs of the model, and outputs. Default 4,096 of each.</summary>
    public int Values { get; init; } = 4_096;

    /// <summary>Dimensions of a tensor. Default 16.</summary>
    public int Rank { get; init; } = 16;

    /// <summary>Elements of a tensor whose shape the file fixes. Default 2^29.</summary>
    public long Elements { get; init; } = 1L << 29;

    /// <summary>UTF-8 bytes of a name. Default 1,024.</summary>
    public int NameBytes { get; init; } = 1_024;

    /// <summary>Faults after which the check stops looking. Default 20.</summary>
    public int Faults { get; init; } = 20;
}
