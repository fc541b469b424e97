namespace Slipway.Client;

/// <summary>What a run begins with.</summary>
public sealed record NewRun
{
    /// <summary>Its name; null = a made-up one.</summary>
    public string? Name { get; init; }

    /// <summary>Tags; keys up to 250, values up to 8,000 characters.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The run that this one is a part of; null = none.</summary>
    public string? ParentRunId { get; init; }
}

/// <summary>Data that a run has read.</summary>
/// <param name="Name">Such as <c>loans</c>.</param>
/// <param name="Digest">What tells one state of the data from another, up to 36 characters.</param>
/// <param name="Source">Where it is from, as text or JSON.</param>
/// <param name="SourceType">Kind of source, such as <c>local</c>, <c>s3</c>, <c>sql</c>.</param>
public sealed record RunDataset(string Name, string Digest, string Source, string SourceType = "local")
{
    /// <summary>What it was read for, such as <c>training</c> or <c>evaluation</c>; null = not said.</summary>
    public string? Context { get; init; }

    /// <summary>Names and types of its columns, as JSON; null = not said.</summary>
    public string? Schema { get; init; }

    /// <summary>Its figures, such as the number of rows, as JSON; null = not said.</summary>
    public string? Profile { get; init; }
}
