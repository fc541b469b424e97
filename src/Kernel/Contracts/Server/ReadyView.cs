namespace Slipway.Server.Contracts;

/// <summary>Answer of <c>/health/ready</c>.</summary>
/// <param name="Database">Which kind of database it is.</param>
/// <param name="Fault">Why it is not ready, in words; absent when it is.</param>
public sealed record ReadyView(bool Ready, string Database, string? Fault);
