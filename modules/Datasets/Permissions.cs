using Slipway.Kernel;

namespace Slipway.Datasets;

/// <summary>What the routes and handlers of this module ask for.</summary>
internal static class Permissions
{
    public static readonly Permission Read = new("datasets.read", "See datasets with their contracts, statistics, versions and uses; download them.", Permission.Everyone);
    public static readonly Permission Write = new("datasets.write", "Add versions of datasets, set contracts, check files and split tables.", Permission.Writers);

    public static readonly IReadOnlyList<Permission> All = [Read, Write];
}
