using System.Text.Json;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Versions;

/// <summary>What was known of a version when it was registered, stored as JSON and never changed. Digests are SHA-256 of stored blobs unless they say otherwise; null = not recorded.</summary>
internal sealed record Evidence
{
    /// <summary>The one file, or <see cref="FileSet"/> of several.</summary>
    public string? ModelDigest { get; init; }

    public string? DataDigest { get; init; }

    /// <summary>The pipeline's definition, or <c>git:</c> with the commit that the run names.</summary>
    public string? CodeDigest { get; init; }

    /// <summary>Of the list of libraries: a file of the model, or the part of the training record as sorted JSON.</summary>
    public string? EnvironmentDigest { get; init; }

    public string? TrainingDigest { get; init; }

    public string? EvaluationDigest { get; init; }

    /// <summary>The dataset's version that the data is a part of.</summary>
    public string? SourceDigest { get; init; }

    public string? ContractDigest { get; init; }

    public string? ProfileDigest { get; init; }

    /// <summary>MLflow's description of the model (<c>MLmodel</c>), which has the signature.</summary>
    public string? MlmodelDigest { get; init; }

    public string? Dataset { get; init; }

    public long? DatasetVersion { get; init; }

    public long? DatasetRows { get; init; }

    /// <summary>The run that made the model: of the source, or the one that was named.</summary>
    public string? RunId { get; init; }

    /// <summary>The logged model whose files these are; null when the source named none.</summary>
    public string? LoggedModelId { get; init; }

    public string? Pipeline { get; init; }

    public string? PipelineRunId { get; init; }

    /// <summary>Where clients get the files; null = from the source as it was given.</summary>
    public string? Location { get; init; }

    public VersionDigests Digests => new(
        ModelDigest, DataDigest, CodeDigest, EnvironmentDigest, TrainingDigest, EvaluationDigest, SourceDigest, ContractDigest, ProfileDigest);

    /// <summary>The digests that are known, by the names of <see cref="VersionDigests"/> in camelCase.</summary>
    public IEnumerable<KeyValuePair<string, string>> Named()
    {
        (string Name, string? Digest)[] all =
        [
            ("model", ModelDigest), ("data", DataDigest), ("code", CodeDigest), ("environment", EnvironmentDigest), ("training", TrainingDigest),
            ("evaluation", EvaluationDigest), ("source", SourceDigest), ("contract", ContractDigest), ("profile", ProfileDigest),
        ];
        return all.Where(one => one.Digest is not null).Select(one => new KeyValuePair<string, string>(one.Name, one.Digest!));
    }

    public string ToJson() => JsonSerializer.Serialize(this, WireJson.Options);

    public static Evidence Parse(string json) => JsonSerializer.Deserialize<Evidence>(json, Reading)!;

    // An older or newer program may have written other fields.
    private static readonly JsonSerializerOptions Reading = new(WireJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };
}
