namespace Slipway.Kernel;

/// <summary>
/// Something that happened, told to later rooms: a record in a module's <c>Ports</c>, published in the transaction of the change that it reports.
/// Kept for ever, so its JSON may gain fields but not lose or change them.
/// </summary>
public interface IFact
{
    /// <summary>Stable name on the wire and in the database, such as <c>run.finished</c>.</summary>
    static abstract string Kind { get; }

    string Workspace { get; }

    /// <summary>What it is about: kind and id, such as <c>run/0192…</c>.</summary>
    string Subject { get; }
}

/// <summary>A fact as read back.</summary>
/// <param name="Position">Its place in the one global order, from 1 without gaps.</param>
/// <param name="Actor">The principal who caused it.</param>
/// <param name="Body">The record as camelCase JSON.</param>
public sealed record StoredFact(long Position, string FactId, string Kind, string Workspace, string Subject, string Actor, long AtMs, string Body);
