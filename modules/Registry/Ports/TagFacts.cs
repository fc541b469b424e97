using Slipway.Kernel;

namespace Slipway.Registry.Ports;

/// <summary>A tag of a model was set, also to the value that it had.</summary>
/// <param name="Value">Null when it is longer than <see cref="TagFacts.ValueChars"/>; <see cref="IDescriptions"/> tells the one that holds now.</param>
public sealed record ModelTagSet(string Workspace, string Model, string Key, string? Value, bool Prompt = false) : IFact
{
    public static string Kind => "model.tagSet";

    public string Subject => $"model/{Model}";
}

public sealed record ModelTagDeleted(string Workspace, string Model, string Key, bool Prompt = false) : IFact
{
    public static string Kind => "model.tagDeleted";

    public string Subject => $"model/{Model}";
}

/// <summary>As <see cref="ModelTagSet"/>, of a version.</summary>
public sealed record VersionTagSet(string Workspace, string Model, long Version, string Key, string? Value, bool Prompt = false) : IFact
{
    public static string Kind => "version.tagSet";

    public string Subject => $"modelVersion/{Model}/{Version}";
}

public sealed record VersionTagDeleted(string Workspace, string Model, long Version, string Key, bool Prompt = false) : IFact
{
    public static string Kind => "version.tagDeleted";

    public string Subject => $"modelVersion/{Model}/{Version}";
}

/// <summary>Facts are kept for ever and read in pages, while a tag may hold a whole prompt.</summary>
public static class TagFacts
{
    /// <summary>Longest value, in UTF-16 code units, that a fact repeats.</summary>
    public const int ValueChars = 1_000;

    internal static string? Kept(string value) => value.Length <= ValueChars ? value : null;
}
