using System.Runtime.CompilerServices;
using Slipway.Tracking.Contracts;

namespace Slipway.Client;

/// <summary>Lists that come in pages, as one sequence.</summary>
internal static class Paging
{
    /// <param name="query">Names and values; a value that is null is left out.</param>
    /// <param name="read">One page and the cursor of the next; null = it was the last.</param>
    public static async IAsyncEnumerable<T> All<T>(
        string path, (string Name, string? Value)[] query, Func<string, Task<(IReadOnlyList<T> Items, string? Next)>> read, [EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            ct.ThrowIfCancellationRequested();
            var given = query.Append(("cursor", cursor)).Where(one => one.Item2 is not null).Select(one => $"{one.Item1}={Uri.EscapeDataString(one.Item2!)}");
            var (items, next) = await read($"{path}?{string.Join('&', given)}");
            foreach (var item in items) { yield return item; }

            cursor = next;
        }
        while (cursor is not null);
    }

    public static string Of(LifecycleView view) => view switch
    {
        LifecycleView.Active => "active",
        LifecycleView.Deleted => "deleted",
        _ => "all",
    };
}
