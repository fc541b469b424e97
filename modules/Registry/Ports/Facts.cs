using Slipway.Kernel;

namespace Slipway.Registry.Ports;

/// <summary>A name for versions was made.</summary>
/// <param name="Prompt">It is a prompt, which MLflow keeps as a registered model with a mark; so in the other facts.</param>
public sealed record ModelRegistered(string Workspace, string Model, bool Prompt = false) : IFact
{
    public static string Kind => "model.registered";

    public string Subject => $"model/{Model}";
}

/// <summary>The model, its versions, tags and aliases have another name now.</summary>
public sealed record ModelRenamed(string Workspace, string Model, string Previous) : IFact
{
    public static string Kind => "model.renamed";

    public string Subject => $"model/{Model}";
}

/// <summary>The model is gone with its versions, tags and aliases; its name is free again.</summary>
public sealed record ModelDeleted(string Workspace, string Model, bool Prompt = false) : IFact
{
    public static string Kind => "model.deleted";

    public string Subject => $"model/{Model}";
}

/// <summary>A version was registered; the digests say which one for ever, also after it is gone.</summary>
/// <param name="Source">Where its files are, as it was registered.</param>
/// <param name="ModelDigest">SHA-256, 64 hex digits; null when no file was there. The other digests alike.</param>
/// <param name="Dataset">What the training data is a part of; null when it is not known.</param>
public sealed record VersionRegistered(
    string Workspace, string Model, long Version, string Source, string? ModelDigest, string? DataDigest, string? EvaluationDigest, string? RunId, string? PipelineRunId,
    string? Dataset = null, long? DatasetVersion = null, bool Prompt = false) : IFact
{
    public static string Kind => "version.registered";

    public string Subject => $"modelVersion/{Model}/{Version}";
}

public sealed record VersionDeleted(string Workspace, string Model, long Version, bool Prompt = false) : IFact
{
    public static string Kind => "version.deleted";

    public string Subject => $"modelVersion/{Model}/{Version}";
}

/// <summary>An alias stands for another version.</summary>
/// <param name="From">The version before; null when the alias is new.</param>
/// <param name="To">The version now; null when the alias is gone.</param>
public sealed record AliasChanged(string Workspace, string Model, string Alias, long? From, long? To, bool Prompt = false) : IFact
{
    public static string Kind => "alias.changed";

    public string Subject => $"model/{Model}";
}

/// <summary>A version is in another of MLflow's legacy stages.</summary>
/// <param name="From">none, staging, production or archived.</param>
/// <param name="To">As <paramref name="From"/>.</param>
public sealed record StageChanged(string Workspace, string Model, long Version, string From, string To) : IFact
{
    public static string Kind => "stage.changed";

    public string Subject => $"modelVersion/{Model}/{Version}";
}
