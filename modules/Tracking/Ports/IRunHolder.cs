using Slipway.Kernel;

namespace Slipway.Tracking.Ports;

/// <summary>A later room that needs some runs: a run that is needed is not purged, only put away. Thread safe.</summary>
public interface IRunHolder
{
    /// <summary>Ids of one question.</summary>
    const int Most = 100;

    /// <summary>Those that this room needs, each with what for, such as <c>model churn version 3</c>.</summary>
    /// <param name="ids">Of runs or of logged models, at most <see cref="Most"/>.</param>
    IReadOnlyDictionary<string, string> Held(ReadTx tx, string workspace, IReadOnlyCollection<string> ids);
}
