using Slipway.Kernel;
using Slipway.Kernel.Search;

namespace Slipway.Tracking.Search;

/// <summary>Runs that an index gives.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Sql">A fresh <c>SELECT run_key …</c>, each run once.</param>
/// <param name="Rest">What of the filter is still to be asked of them.</param>
internal sealed record RunList(int Count, Func<Sql> Sql, Filter Rest);
