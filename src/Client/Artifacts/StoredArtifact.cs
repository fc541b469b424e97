namespace Slipway.Client;

/// <summary>A file as it was sent.</summary>
/// <param name="Path">In the run, with slashes.</param>
/// <param name="Digest">SHA-256 of the bytes that were sent, 64 lower-case hex digits.</param>
public sealed record StoredArtifact(string Path, long SizeBytes, string Digest);
