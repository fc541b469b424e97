namespace Slipway.Kernel.Contracts;

/// <summary>One page of a list.</summary>
/// <param name="Next">Cursor of the next page; absent on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next = null);
