namespace Slipway.Tracking.Contracts;

/// <summary>One directory of a run's artifacts.</summary>
/// <param name="Items">By path.</param>
public sealed record ArtifactList(IReadOnlyList<ArtifactView> Items);

/// <param name="Path">Relative to the run's root, with <c>/</c>.</param>
/// <param name="SizeBytes">Absent for a directory.</param>
/// <param name="Digest">SHA-256 of the content, 64 hex digits; absent for a directory.</param>
public sealed record ArtifactView(string Path, bool IsDirectory, long? SizeBytes = null, string? Digest = null);
