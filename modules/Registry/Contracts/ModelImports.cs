namespace Slipway.Registry.Contracts;

/// <param name="Models">At most 500 models and versions in all.</param>
public sealed record ImportModelsRequest(IReadOnlyList<ImportedModel> Models);

/// <summary>A registered model of another server with its versions under their own numbers.</summary>
/// <param name="LastVersion">The greatest number ever given to a version there, deleted ones included: it is not given again here. At most 1,000,000,000, as each version's.</param>
/// <param name="Aliases">Alias and the number it stands for.</param>
public sealed record ImportedModel(
    string Name, long CreatedMs, long UpdatedMs, long LastVersion, IReadOnlyDictionary<string, string> Tags, IReadOnlyDictionary<string, long> Aliases,
    IReadOnlyList<ImportedVersion> Versions, string? Description = null);

/// <param name="Source">Kept as given; what names an artifact of a run here gets the digests of its files.</param>
/// <param name="RunId">The run that made it; kept as given.</param>
/// <param name="User">Who registered it there.</param>
public sealed record ImportedVersion(
    long Version, string Source, ModelStage Stage, long CreatedMs, long UpdatedMs, IReadOnlyDictionary<string, string> Tags,
    string? RunId = null, string? RunLink = null, string? Description = null, string? User = null);

/// <param name="Added">New versions here.</param>
/// <param name="Present">Versions of the same number and source that were here.</param>
/// <param name="Skipped">By number or alias, why it was not taken over; key <c>model</c> = the whole model, <c>3/stage</c> = version 3 was, without its stage.</param>
/// <param name="AliasesSet">New aliases here.</param>
/// <param name="Unverified">Numbers of new versions whose files are not here, so that no digest is known.</param>
public sealed record ImportedModelView(
    string Name, bool Created, IReadOnlyList<long> Added, IReadOnlyList<long> Present, IReadOnlyDictionary<string, string> Skipped, IReadOnlyList<long> Unverified,
    IReadOnlyList<string> AliasesSet);
