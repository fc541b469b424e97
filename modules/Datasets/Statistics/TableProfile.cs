using Slipway.Datasets.Contracts;

namespace Slipway.Datasets.Statistics;

/// <summary>The profile of a table as it is stored: what monitoring compares later values with.</summary>
/// <param name="Format">Name and version of this shape.</param>
internal sealed record TableProfile(string Format, long Rows, IReadOnlyList<DatasetColumnView> Columns)
{
    public const string CurrentFormat = "slipway.profile/1";
}
