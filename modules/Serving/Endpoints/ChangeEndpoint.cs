using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Registry.Ports;
using Slipway.Serving.Live;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Endpoints;

/// <summary>What every change of an endpoint does: in one transaction the rows, the audit entry and the facts; then this process reads them anew before it says that it is done.</summary>
internal sealed class ChangeEndpoint(Db db, IGate gate, IApprovals approvals, IVersions versions, LiveEndpoints live, Replicas replicas, LiveHub hub)
{
    /// <summary>Runs <paramref name="change"/> on the endpoint as it is; what it returns is what the endpoint is afterwards.</summary>
    public async Task<Result<EndpointState>> Run(Caller caller, string name, Func<WriteTx, EndpointRow, Result<EndpointRow>> change, CancellationToken ct)
    {
        var result = await db.Write<Result<EndpointState>>(tx =>
        {
            if (EndpointStore.Find(tx, caller, name) is not { } endpoint) { return EndpointFaults.NotFound(name); }

            if (change(tx, endpoint).Fails(out var problem, out var after)) { return problem; }

            tx.AfterCommit(() => live.Note(after));
            return after.ToState();
        }, ct);
        if (!result.Fails(out _, out var changed))
        {
            await live.Refresh(ct);
            await Attest(ct);
            hub.Send(new LiveChange("endpoint", caller.Workspace, name, changed.Model));
        }

        return result;
    }

    // The change is made; what is loaded is attested again within five seconds anyway.
    private async Task Attest(CancellationToken ct)
    {
        try { await replicas.Attest(ct); }
        catch (Exception error) when (error is StorageException or OverloadedException) { return; }
    }

    /// <summary>The gate's answer before a version gets to work.</summary>
    public Task<GateAnswer> Ask(Caller caller, string endpoint, string model, long version, string step, IReadOnlyDictionary<string, string>? digests, CancellationToken ct)
    {
        var evidence = new Dictionary<string, string>(digests ?? new Dictionary<string, string>()) { ["endpoint"] = endpoint, ["step"] = step };
        return gate.Ask(caller, Actions.Deploy.Name, $"modelVersion/{model}/{version}", evidence, ct);
    }

    /// <summary>The approval in force, asked in the transaction of the change.</summary>
    public Result<ApprovalState> Approval(ReadTx tx, string workspace, string model, long version)
    {
        var state = approvals.StateOf(tx, workspace, model, version);
        return state.InForce ? state : EndpointFaults.NotApproved(model, version, state.Reasons);
    }

    /// <summary>The approval in force of what a deployment really is: its bytes and its threshold, not only the number of its version.</summary>
    public Result<ApprovalState> Approval(ReadTx tx, EndpointRow endpoint, Deployment deployment)
    {
        var state = StateOf(tx, endpoint, deployment);
        return state.InForce ? state : EndpointFaults.NotApproved(endpoint.Model, deployment.Version, state.Reasons);
    }

    /// <summary>How the approval stands for a deployment; not in force when the version of its number is another one by now.</summary>
    public ApprovalState StateOf(ReadTx tx, EndpointRow endpoint, Deployment deployment)
    {
        var state = approvals.StateOf(tx, endpoint.Workspace, endpoint.Model, deployment.Version);
        return !state.InForce || ApprovedBytes.Cover(state, deployment, () => versions.Find(tx, endpoint.Workspace, endpoint.Model, deployment.Version)) ? state
            : state with { InForce = false, Reasons = [$"The version {deployment.Version} that is approved now has other bytes or another threshold than the one that was deployed."] };
    }

    /// <summary>Writes the row and tells the whole state.</summary>
    public static EndpointRow Save(WriteTx tx, Caller caller, EndpointRow before, EndpointRow after, AuditAction action, string? reason = null, string? policy = null)
    {
        var changed = after with { ChangedMs = tx.Clock.NowMs() };
        EndpointStore.Update(tx, changed);
        tx.Audit(caller, action, changed.Subject, before.ToState(), changed.ToState(), reason, policy);
        tx.Publish(caller, new TrafficChanged(changed.Workspace, changed.Name, changed.Model, changed.Rollout, changed.ToState().Deployments, reason));
        return changed;
    }
}
