namespace Slipway.Registry.Contracts;

/// <summary>A name under which versions of a model are kept.</summary>
/// <param name="Name">1 to 256 characters, unique in the workspace, without <c>/</c> and <c>:</c>.</param>
/// <param name="Versions">Number of versions that are there; deleted ones do not count.</param>
/// <param name="Aliases">Alias and the version it stands for now.</param>
/// <param name="By">Who made it, as they were called then.</param>
/// <param name="LatestVersion">The greatest version that is there; absent while there is none.</param>
public sealed record ModelView(
    string Name, long CreatedMs, long UpdatedMs, string By, long Versions, IReadOnlyDictionary<string, long> Aliases, IReadOnlyDictionary<string, string> Tags,
    string? Description = null, long? LatestVersion = null);

/// <summary>MLflow's legacy stages, kept for its clients; aliases say the same better.</summary>
public enum ModelStage
{
    None,
    Staging,
    Production,
    Archived,
}

/// <param name="Version">A version of this model that is there.</param>
public sealed record SetAliasRequest(long Version);

/// <summary>An alias and what it stands for.</summary>
/// <param name="PreviousVersion">What it stood for before; absent when it is new.</param>
public sealed record AliasView(string Model, string Alias, long Version, long? PreviousVersion = null);
