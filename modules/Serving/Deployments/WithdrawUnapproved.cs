using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>Takes out what has lost its approval: a canary is rolled back, a shadow ended, and with a champion the endpoint stops. Asks each time anew, so it may be called again.</summary>
internal sealed class WithdrawUnapproved(Db db, ChangeEndpoint change)
{
    /// <summary>Looks at every endpoint that is not stopped.</summary>
    public async Task Everywhere(CancellationToken ct)
    {
        var suspects = await db.Read(tx => EndpointStore.All(tx).Where(endpoint => Unapproved(tx, endpoint) is not null).ToList(), ct);
        foreach (var endpoint in suspects) { await One(endpoint.Workspace, endpoint.Name, ct); }
    }

    /// <summary>Looks at the endpoints of one model.</summary>
    public async Task Of(string workspace, string model, CancellationToken ct)
    {
        var endpoints = await db.Read(tx => EndpointStore.List(tx, workspace, "", Limits.EndpointsPerWorkspace).Where(endpoint => endpoint.Model == model).ToList(), ct);
        foreach (var endpoint in endpoints) { await One(workspace, endpoint.Name, ct); }
    }

    private async Task One(string workspace, string name, CancellationToken ct)
    {
        var caller = Caller.ForJob("serving", workspace);
        await change.Run(caller, name, (tx, endpoint) =>
        {
            while (Unapproved(tx, endpoint) is var (deployment, reason))
            {
                if (deployment.Role == DeploymentRole.Champion) { return StopEndpoint.Stop(tx, caller, endpoint, reason); }

                endpoint = RollBack.Without(tx, caller, endpoint, deployment, reason, Actions.Withdraw);
            }

            return endpoint;
        }, ct);
    }

    /// <summary>The first deployment without an approval in force, canaries and shadows before the champion; null when there is none or the endpoint answers nothing.</summary>
    private (Deployment Deployment, string Reason)? Unapproved(ReadTx tx, EndpointRow endpoint)
    {
        foreach (var deployment in endpoint.Deployments.Reverse())
        {
            if (endpoint.Stopped && deployment.Role == DeploymentRole.Champion) { continue; }

            var state = change.StateOf(tx, endpoint, deployment);
            if (!state.InForce) { return (deployment, Sentence(endpoint.Model, deployment.Version, state.Reasons)); }
        }

        return null;
    }

    private static string Sentence(string model, long version, IReadOnlyList<string> reasons)
    {
        var text = $"The approval of {model} version {version} is no longer in force: {string.Join(" ", reasons)}";
        return text.Length > EndpointFaults.ReasonChars ? text[..EndpointFaults.ReasonChars] : text;
    }
}

/// <summary>Acts on the fact; the approval is asked again, since it may be in force anew.</summary>
internal sealed class WithdrawVoided(WithdrawUnapproved withdraw) : FactHandler<ApprovalVoided>
{
    public override string Subscriber => "serving.approvals";

    protected override Task Handle(StoredFact stored, ApprovalVoided fact, CancellationToken ct) => withdraw.Of(fact.Workspace, fact.Model, ct);
}
