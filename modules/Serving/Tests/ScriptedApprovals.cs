using System.Collections.Concurrent;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Serving.Tests;

/// <summary>Approvals as a test says them; nothing is approved until it says so.</summary>
internal sealed class ScriptedApprovals : IApprovals
{
    private readonly ConcurrentDictionary<(string Model, long Version), (char Evidence, ApprovedDecision? Decision)> _approved = new();

    public void Approve(string model, params long[] versions)
    {
        foreach (var version in versions) { _approved[(model, version)] = ('e', null); }
    }

    /// <summary>Approves on other evidence than <see cref="Approve"/>, of an evaluation with this threshold.</summary>
    public void Renew(string model, long version, double threshold) => _approved[(model, version)] = ('f', new ApprovedDecision(threshold, "prepay", "invoice"));

    public void Void(string model, long version) => _approved.TryRemove((model, version), out _);

    public ApprovalState StateOf(ReadTx tx, string workspace, string model, long version) => _approved.TryGetValue((model, version), out var given)
        ? new ApprovalState(true, $"approval-{version}", new string(given.Evidence, 64), [], Decision: given.Decision)
        : new ApprovalState(false, null, null, ["The purpose has changed."]);
}
