using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Identity;

/// <summary>Pages of lists that are ordered by a unique key: a store reads one row more than asked for, which tells whether there is a next page.</summary>
internal static class Paging
{
    public const int DefaultRows = 100;

    /// <summary>The refusal of a limit out of range, otherwise null.</summary>
    public static Problem? Fault(int? limit) => limit is null or (>= 1 and <= Limits.PageRows)
        ? null
        : Problem.Invalid("limit", $"limit is {limit}; it may be 1 to {Limits.PageRows}.");

    /// <param name="rows">Up to <paramref name="limit"/> + 1 rows in order.</param>
    /// <param name="cursor">The key after which the next page begins, from the last row shown.</param>
    public static Page<T> Cut<T>(List<T> rows, int limit, Func<T, string> cursor) => rows.Count <= limit
        ? new Page<T>(rows, null)
        : new Page<T>(rows[..limit], cursor(rows[limit - 1]));
}
