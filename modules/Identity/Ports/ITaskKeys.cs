using Slipway.Kernel;

namespace Slipway.Identity.Ports;

/// <summary>
/// Short-lived keys for programs that the server starts on somebody's behalf. A key speaks as that principal, as contributor of one workspace and nothing beyond, whatever
/// else the principal may do; it can make no further keys. <see cref="Caller.ActingAs"/> tells it from the principal itself, so that it does not count as a person. Thread safe.
/// </summary>
public interface ITaskKeys
{
    /// <summary>Makes a key; one that was made before for the same purpose in the workspace ends with that, as when a killed server has left it.</summary>
    /// <param name="owner">For whom the program works; the key holds in <see cref="Caller.Workspace"/>.</param>
    /// <param name="purpose">What it is for, such as <c>pipelineRun/0192… step report</c>; stands in the audit log.</param>
    /// <param name="life">It ends by itself after this long: 1 s to 31 days.</param>
    /// <returns>403 when the owner is no contributor or administrator of the workspace.</returns>
    Task<Result<TaskKey>> Create(Caller owner, string purpose, TimeSpan life, CancellationToken ct);

    /// <summary>Ends a key at once; again changes nothing.</summary>
    Task Revoke(Caller owner, string keyId, CancellationToken ct);
}

/// <param name="Secret">The whole key, to be sent as Bearer; shown this once.</param>
public sealed record TaskKey(string Id, string Secret)
{
    public override string ToString() => $"TaskKey {Id}";
}
