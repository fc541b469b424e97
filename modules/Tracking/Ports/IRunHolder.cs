using Slipway.Kernel;

namespace Slipway.Tracking.Ports;

/// <summary>A later room that needs some runs or logged models: one that is needed is not purged, only put away, and files that are needed stay as they are. Thread safe.</summary>
public interface IRunHolder
{
    /// <summary>Ids of one question.</summary>
    const int Most = 100;

    /// <summary>Those that this room needs, each with what for, such as <c>model churn version 3</c>.</summary>
    /// <param name="caller">Who hears of it: what they may not see has no name.</param>
    /// <param name="ids">Of runs or of logged models, at most <see cref="Most"/>.</param>
    IReadOnlyDictionary<string, string> Held(ReadTx tx, Caller caller, IReadOnlyCollection<string> ids);

    /// <summary>What the files at a path are needed for, such as <c>model churn version 3</c>: none of them may change, go, or get company. Null = nothing.</summary>
    /// <param name="caller">As for <see cref="Held"/>.</param>
    /// <param name="id">Of a run or of a logged model.</param>
    /// <param name="path">A file, or a directory with all below it; empty = everything.</param>
    string? HeldAt(ReadTx tx, Caller caller, string id, string path);
}
