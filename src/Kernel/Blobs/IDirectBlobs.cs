namespace Slipway.Kernel;

/// <summary>
/// Transfers that pass this server by, on addresses of the bucket that the server has signed. Only blobs in a bucket have them. What arrives so is read and hashed here before it
/// becomes a blob; what leaves so is not checked on its way. Thread safe.
/// </summary>
public interface IDirectBlobs
{
    /// <summary>Whether the operator allows downloads that are not checked on their way.</summary>
    bool Downloads { get; }

    /// <summary>Opens an upload under a key of the store's own choice.</summary>
    /// <param name="parts">How many addresses to sign, 1 to 10,000.</param>
    /// <param name="valid">How long they work, at most 7 days.</param>
    /// <exception cref="StorageException">The store failed.</exception>
    Task<DirectUpload> Begin(int parts, TimeSpan valid, CancellationToken ct);

    /// <summary>
    /// Puts the parts together, reads the whole once for its digests and keeps it as a blob. Called again after a failure it goes on where it can.
    /// </summary>
    /// <param name="parts">Number, from 1, and ETag as the store gave it to the client.</param>
    /// <returns>400 when the parts are not those that arrived, 413 past <paramref name="maxBytes"/>.</returns>
    /// <exception cref="StorageException">The store failed.</exception>
    Task<Result<BlobInfo>> Complete(DirectUpload upload, IReadOnlyList<(int Number, string ETag)> parts, long maxBytes, CancellationToken ct);

    /// <summary>Forgets an upload and what has arrived of it; what the store refuses now is removed later.</summary>
    Task Forget(DirectUpload upload);

    /// <summary>An address that gives the blob to whoever has it.</summary>
    /// <param name="fileName">What a browser saves it as.</param>
    Task<Uri> Download(string digest, string fileName, TimeSpan valid);
}

/// <summary>An upload on signed addresses.</summary>
/// <param name="Key">Where it lies in the bucket until it is complete; not for clients.</param>
/// <param name="Id">The store's name of it; not for clients.</param>
/// <param name="Parts">The addresses of the parts, in order; empty when this was read from a record.</param>
public sealed record DirectUpload(string Key, string Id, IReadOnlyList<Uri> Parts);
