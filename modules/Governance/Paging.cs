using Slipway.Kernel;

namespace Slipway.Governance;

/// <summary>What the lists of this module answer to wrong pages.</summary>
internal static class Paging
{
    public static Problem? LimitFault(int limit) => limit is < 1 or > Limits.PageRows
        ? Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}.")
        : null;

    public static Problem CursorFault(string cursor) => Problem.Invalid("cursor", $"The cursor '{cursor}' is not one that this list gave; leave it out for the first page.");
}
