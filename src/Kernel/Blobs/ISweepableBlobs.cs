namespace Slipway.Kernel;

/// <summary>A blob store that can be rid of what nothing names any more. Thread safe.</summary>
public interface ISweepableBlobs
{
    /// <summary>Every blob that was last put before a moment, in no order; what comes and goes meanwhile may be among them or not.</summary>
    IAsyncEnumerable<BlobInfo> PutBefore(DateTimeOffset moment, CancellationToken ct);

    /// <summary>Removes the blob unless it was put again at or after the moment: whoever puts it afterwards keeps it, however close the two come.</summary>
    /// <returns>False = it stays, or was not there.</returns>
    Task<bool> Sweep(string digest, DateTimeOffset moment, CancellationToken ct);
}
