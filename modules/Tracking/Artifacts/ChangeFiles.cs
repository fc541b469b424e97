using Slipway.Kernel;
using Slipway.Tracking.Ports;

namespace Slipway.Tracking.Artifacts;

/// <summary>
/// Sets and removes the names of files, unless a later room needs those at the path as they are: what a version was registered with stays its evidence. Other files of the same run may
/// change, and the same bytes may come again.
/// </summary>
/// <remarks>Within a serialisable transaction, so that whoever begins to need a file at the same moment is seen, or sees the change.</remarks>
internal sealed class ChangeFiles(IEnumerable<IRunHolder> holders)
{
    private readonly IRunHolder[] _holders = [.. holders];

    /// <summary>Gives the file its name, in place of what had it.</summary>
    /// <returns>Null when that is done.</returns>
    public Problem? Put(WriteTx tx, Caller caller, ArtifactOwner owner, Artifact artifact)
    {
        if (Refusal(tx, caller, owner, artifact.Path) is { } refusal)
        {
            return ArtifactStore.Find(tx, owner.Key, artifact.Path)?.Digest == artifact.Digest ? null : refusal;
        }

        ArtifactStore.Set(tx, owner.Key, artifact);
        return null;
    }

    /// <summary>Removes the file, or everything below the directory.</summary>
    /// <inheritdoc cref="Put"/>
    public Problem? Delete(WriteTx tx, Caller caller, ArtifactOwner owner, string path)
    {
        if (ArtifactStore.Delete(tx, owner.Key, path) == 0) { return null; }

        // What was removed comes back with the problem.
        return Refusal(tx, caller, owner, path);
    }

    /// <summary>The problem of a change at a path, or anywhere below it; null when nobody needs what is there.</summary>
    public Problem? Refusal(ReadTx tx, Caller caller, ArtifactOwner owner, string path) => _holders.Select(holder => holder.HeldAt(tx, caller, owner.Id, path)).FirstOrDefault(by => by is not null) is { } by
        ? Problem.Conflict(
            "needed", $"{(path.Length == 0 ? "The files" : $"'{path}'")} of {owner.Name} cannot be changed or deleted: {by} was made from there, and keeps what it was registered with. " +
            "Log under another path or to another run and register that as a new version, or delete this version first.")
        : null;
}
