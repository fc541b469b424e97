using System.Collections.Concurrent;
using Slipway.Governance.Ports;
using Slipway.Kernel;

namespace Slipway.Serving.Tests;

/// <summary>Approvals as a test says them; nothing is approved until it says so.</summary>
internal sealed class ScriptedApprovals : IApprovals
{
    private readonly ConcurrentDictionary<(string Model, long Version), string> _approved = new();

    public void Approve(string model, params long[] versions)
    {
        foreach (var version in versions) { _approved[(model, version)] = $"approval-{version}"; }
    }

    public void Void(string model, long version) => _approved.TryRemove((model, version), out _);

    public ApprovalState StateOf(ReadTx tx, string workspace, string model, long version) => _approved.TryGetValue((model, version), out var id)
        ? new ApprovalState(true, id, new string('e', 64), [])
        : new ApprovalState(false, null, null, ["The purpose has changed."]);
}
