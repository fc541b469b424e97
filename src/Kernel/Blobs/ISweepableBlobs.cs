namespace Slipway.Kernel;

/// <summary>
/// A blob store that can be rid of what nothing names any more, in two steps: a blob is first set aside, from where whoever asks for it takes it back, and only what stands aside is ever erased. Every step is
/// safe beside every other, in this process and in others (README.md beside this file). Thread safe.
/// </summary>
public interface ISweepableBlobs
{
    /// <summary>Notes for good that a database names blobs of this store.</summary>
    /// <returns>The ids of all that do.</returns>
    Task<IReadOnlyList<string>> NamedBy(string databaseId, CancellationToken ct);

    /// <summary>Every blob in its place that was last put before a moment, in no order; what comes and goes meanwhile may be among them or not.</summary>
    IAsyncEnumerable<BlobInfo> PutBefore(DateTimeOffset moment, CancellationToken ct);

    /// <summary>Every blob that stands aside, in no order; what comes and goes meanwhile may be among them or not.</summary>
    IAsyncEnumerable<BlobAside> Aside(CancellationToken ct);

    /// <summary>Sets the blob aside, under an id that nothing ever had, unless it was put again at or after the moment.</summary>
    /// <returns>The id; null = it stays, or was not there.</returns>
    Task<string?> SetAside(string digest, DateTimeOffset moment, CancellationToken ct);

    /// <summary>Puts the blob back into its place, if it stands aside; where it is in its place as well, what stands aside goes.</summary>
    Task TakeBack(string digest, CancellationToken ct);

    /// <summary>Erases what was set aside under that id; not what is in its place, nor what was set aside at another time.</summary>
    /// <returns>False = it was taken back meanwhile.</returns>
    Task<bool> Erase(BlobAside aside, CancellationToken ct);
}

/// <summary>A blob that stands aside.</summary>
/// <param name="Id">Of this time that it was set aside.</param>
public sealed record BlobAside(string Digest, string Id, long SizeBytes);
