using Slipway.Datasets.Contracts;

namespace Slipway.Datasets.Statistics;

/// <summary>The profile of a table as it is stored: exact figures for readers, and the sketch that is merged and compared.</summary>
/// <param name="Format">Name and version of this shape.</param>
/// <param name="Sketch">SHA-256 of the <see cref="Ports.TableSketch"/> in the blob store; a blob of its own, because it is many times longer than the figures.</param>
internal sealed record TableProfile(string Format, long Rows, IReadOnlyList<DatasetColumnView> Columns, string Sketch)
{
    public const string CurrentFormat = "slipway.profile/2";
}
