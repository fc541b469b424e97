using System.Net.Http.Json;
using Slipway.Governance.Ports;
using Slipway.Identity.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Ports;
using Slipway.Serving.Contracts;
using Slipway.Serving.Deployments;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Tests.Endpoints;

public sealed class ApprovedBytesTests
{
    private static readonly EndpointReasonRequest Why = new("Somebody asked for it.");

    private static readonly Deployment Deployed = new("d", 1, DeploymentRole.Champion, 0, "model", "contract", "training", "a1", "evidence", 0.5, "prepay", "invoice", 0, "ada");

    [Theory]
    [InlineData(true, "evidence", "other", 0.9)]
    [InlineData(true, "renewed", "model", 0.5)]
    [InlineData(false, "renewed", "other", 0.5)]
    [InlineData(false, "renewed", "model", 0.5000001)]
    [InlineData(false, "renewed", "model", 0.5, "another contract")]
    [InlineData(false, "renewed", "model", 0.5, "contract", "another training")]
    [InlineData(false, "renewed", "model", 0.5, "contract", "training", "invoice")]
    [InlineData(false, "renewed", null, 0.5)]
    [InlineData(false, null, "other", 0.5)]
    public void An_approval_covers_the_evidence_it_was_deployed_on_or_else_the_same_bytes_and_decision(
        bool covers, string? evidence, string? model, double threshold, string contract = "contract", string training = "training", string atOrAbove = "prepay")
    {
        var state = new ApprovalState(true, "a2", evidence, [], Decision: new ApprovedDecision(threshold, atOrAbove, "invoice"));
        var now = model is null ? null : new VersionIdentity("w", "m", 1, 1, "ada", "Ada", new VersionDigests(Model: model, Contract: contract, Training: training));

        Assert.Equal(covers, ApprovedBytes.Cover(state, Deployed, () => now));
    }

    [Theory, EachDatabase]
    public async Task A_version_that_was_registered_anew_under_the_old_number_does_not_bring_the_old_one_back(string database)
    {
        await using var quay = await Quay.Serving(database, 0.5, 0.4);
        await quay.Done<EndpointView>("POST", "endpoints", new CreateEndpointRequest("second", Line.Model));
        await quay.Done<EndpointView>("POST", "endpoints/second/deployments", new DeployRequest(1, TrafficRole.Champion));
        await quay.Done<EndpointView>("POST", "endpoints/second/deployments", new DeployRequest(2, TrafficRole.Champion));

        // The same version approved on other evidence is still what was deployed.
        quay.Approvals.Renew(Line.Model, 1, 0.5);
        await quay.Get<WithdrawUnapproved>().Everywhere(default);
        Assert.Equal(200, (await quay.Infer()).Status);

        using var delete = new HttpRequestMessage(HttpMethod.Delete, "/api/2.0/mlflow/registered-models/delete") { Content = JsonContent.Create(new { name = Line.Model }) };
        Assert.Equal(200, (int)(await quay.Server.Http.SendAsync(delete)).StatusCode);
        await Line.Run(quay.Server.Http, 0.7);
        quay.Approvals.Renew(Line.Model, 1, 0.7);
        await quay.Get<WithdrawUnapproved>().Everywhere(default);

        var late = await quay.Endpoint();
        Assert.True(late.Stopped);
        Assert.Contains("other bytes or another threshold", late.Reason, StringComparison.Ordinal);
        var (status, body) = await quay.Native("POST", "endpoints/second/rollback", new RollBackRequest("Worse."));
        Assert.Equal((409, true), (status, body.Contains("other bytes or another threshold", StringComparison.Ordinal)));
        using var ada = await quay.Person("ada", Role.Approver);
        await quay.Done<EndpointView>("POST", "endpoints/late/release", Why, ada);
        Assert.Empty((await quay.Done<EndpointView>("POST", "endpoints/late/release", Why)).Deployments);
    }
}
