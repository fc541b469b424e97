namespace Slipway.Kernel;

/// <summary>
/// Keeps the grants on single objects in step with the objects. Implemented by Identity; the room that owns the objects calls it in the transaction of its change.
/// </summary>
public interface IObjectGrants
{
    /// <summary>
    /// Gives the maker the level <see cref="Level.Admin"/> on the new object where that changes something: not to those who administer the workspace, nor to programs that write there anyway.
    /// </summary>
    /// <returns>The problem of a maker who could not use what they made, since they have as many grants as anybody may; null otherwise.</returns>
    Problem? Made(WriteTx tx, Caller by, ObjectRef it);

    /// <summary>The object has another id from now on; its grants go with it. Whoever is kept out of it is kept out of its old id, too: what happened under that stays told.</summary>
    void Renamed(WriteTx tx, ObjectRef it, string newId);

    /// <summary>The object is gone for ever; what it gave ends, what happened to it stays hidden from whoever was kept out. A later one of the same id begins without grants.</summary>
    void Gone(WriteTx tx, ObjectRef it);
}

/// <summary>Objects of one kind that grants can name; implemented by the room that owns them.</summary>
public interface IGrantable
{
    /// <summary><see cref="ObjectRef.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>How the object is called for people, deleted or not; null when the workspace has no such object.</summary>
    string? NameOf(ReadTx tx, string workspace, string id);
}
