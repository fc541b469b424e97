using Slipway.Datasets.Contracts;

namespace Slipway.Datasets.Tables;

/// <summary>A column on its way from the file as it came to the file that is kept.</summary>
/// <param name="Index">Its place, from 0: it is <c>r3</c> as it came and <c>t3</c> as it will be.</param>
/// <param name="Source">DuckDB's type as it came; VARCHAR for CSV.</param>
/// <param name="Target">DuckDB's type as it will be kept.</param>
/// <param name="Cast">Expression from <c>r3</c>; NULL where the value is not of the target type.</param>
internal sealed record TableColumn(int Index, string Name, string Source, string Target, string Cast)
{
    public string Raw => $"r{Index}";

    public string Typed => $"t{Index}";

    public ColumnKind Kind => Types.KindOf(Target);
}
