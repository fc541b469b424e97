namespace Slipway.Client;

/// <summary>What is registered as the next version of a model.</summary>
/// <param name="Source">Where its files are: <c>runs:/RUN_ID/PATH</c>, <c>models:/NAME/VERSION</c>, or an address in an object store.</param>
public sealed record NewVersion(string Source)
{
    /// <summary>The run that made it; null = the one of the source.</summary>
    public string? RunId { get; init; }

    /// <summary>For people; null = none.</summary>
    public string? Description { get; init; }

    /// <summary>Tags; keys up to 250, values up to 100,000 characters.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
