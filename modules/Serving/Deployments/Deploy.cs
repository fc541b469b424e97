using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Ports;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Live;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Deployments;

/// <summary>
/// Brings a version to work. In this order: the permission, the gate, the model loaded from the digest that was registered, and in the transaction of the change the approval, compared with all that it
/// is bound to.
/// </summary>
internal sealed class Deploy(Db db, IVersions versions, ChangeEndpoint change, LoadedModels models, ViewEndpoints views)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapPost("/{name}/deployments", async (string name, DeployRequest body, Caller caller, Deploy handler, CancellationToken ct) => (await handler.Handle(caller, name, body, ct)).ToHttp())
        .WithName(nameof(Deploy)).Needs(Permissions.EndpointsWrite)
        .Produces<EndpointView>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);

    public async Task<Result<EndpointView>> Handle(Caller caller, string name, DeployRequest asked, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.EndpointsWrite) is { } denied) { return denied; }

        if ((EndpointFaults.Reason(asked.Reason, required: false) ?? ShareFault(asked)) is { } fault) { return fault; }

        if (await db.Read(tx => EndpointStore.Find(tx, caller, name), ct) is not { } known) { return EndpointFaults.NotFound(name); }

        if ((await Prepare(caller, known, asked, ct)).Fails(out var problem, out var prepared)) { return problem; }

        var answer = await change.Ask(caller, name, known.Model, asked.Version, asked.Role.ToString().ToLowerInvariant(), new Dictionary<string, string> { ["model"] = prepared.ModelDigest }, ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        if (await Load(known, prepared, ct) is { } unfit) { return unfit; }

        var changed = await change.Run(caller, name, (tx, endpoint) => Change(tx, caller, endpoint, prepared, asked, answer.Policy), ct);
        return changed.Problem is { } refused ? refused : await views.One(caller, name, ct);
    }

    private static Problem? ShareFault(DeployRequest asked) => asked.Role == TrafficRole.Canary
        ? asked.Share is { } share ? EndpointFaults.Share("share", share) : Problem.Invalid("share", "'share' is missing; a canary needs one, above 0 and below 1.")
        : asked.Share is null ? null : Problem.Invalid("share", $"'share' is given; only a canary has one, and this is to be a {asked.Role.ToString().ToLowerInvariant()}.");

    private async Task<Result<Deployment>> Prepare(Caller caller, EndpointRow endpoint, DeployRequest asked, CancellationToken ct)
    {
        if ((await versions.Reports(caller, endpoint.Model, asked.Version, ct)).Fails(out var problem, out var reports)) { return problem; }

        var digests = reports.Identity.Digests;
        if (digests.Model is not { } model)
        {
            var why = reports.View.Findings.FirstOrDefault(finding => finding is { Kind: "missing_evidence", Subject: "model" })?.Detail;
            return new Problem(422, "no_model_file", $"{endpoint.Model} version {asked.Version} cannot serve. {why} Register it from a run or a pipeline of this server.");
        }

        var decision = reports.Evaluation?.Decision;
        return new Deployment(
            "", asked.Version, (DeploymentRole)asked.Role, asked.Share is { } share ? Split.Of(share) : 0, model, digests.Contract, digests.Training, null, null,
            decision?.Threshold, decision?.AtOrAbove, decision?.Below, 0, caller.Name);
    }

    /// <summary>Before the change, so that a model that cannot be loaded is refused and one that can begins at once; after the gate, so that what is refused takes no memory.</summary>
    private async Task<Problem?> Load(EndpointRow endpoint, Deployment deployment, CancellationToken ct) =>
        (await models.Load(deployment, ct)).Fails(out var problem, out var loaded) ? problem with { Status = problem.Status >= 500 ? problem.Status : 422 } : models.Conflict(endpoint, loaded);

    private Result<EndpointRow> Change(WriteTx tx, Caller caller, EndpointRow endpoint, Deployment prepared, DeployRequest asked, string policy)
    {
        if (versions.Find(tx, caller.Workspace, endpoint.Model, asked.Version)?.Digests.Model != prepared.ModelDigest)
        {
            return Problem.NotFound("version", $"{endpoint.Model}/{asked.Version}");
        }

        if (change.Approval(tx, caller.Workspace, endpoint.Model, asked.Version).Fails(out var problem, out var approval)) { return problem; }

        if (endpoint.Halted && prepared.Role != DeploymentRole.Shadow) { return EndpointFaults.Halted(endpoint); }

        if (Occupied(endpoint, prepared) is { } occupied) { return occupied; }

        var now = tx.Clock.NowMs();
        var deployment = prepared with { Id = Ids.New(tx.Clock), ApprovalId = approval.ApprovalId, EvidenceDigest = approval.EvidenceDigest, SinceMs = now };
        var replaced = prepared.Role == DeploymentRole.Champion ? endpoint.Champion : null;
        if (replaced is not null) { DeploymentStore.End(tx, replaced.Id, now, $"Replaced by version {asked.Version}."); }

        DeploymentStore.Insert(tx, caller, endpoint.Id, deployment);
        var after = endpoint with
        {
            Deployments = [.. endpoint.Deployments.Where(one => one != replaced).Append(deployment).OrderBy(one => one.Role)],
            RolledBack = false, Reason = endpoint.Stopped || endpoint.Halted ? endpoint.Reason : null,
        };
        return ChangeEndpoint.Save(tx, caller, endpoint, after, Actions.Deploy, asked.Reason, policy);
    }

    private static Problem? Occupied(EndpointRow endpoint, Deployment wanted) =>
        endpoint.Deployments.FirstOrDefault(one => one.Version == wanted.Version && (one.Role == wanted.Role || one.Role != DeploymentRole.Shadow)) is { } same
            ? Problem.Conflict("already_deployed", $"Version {wanted.Version} is at work under '{endpoint.Name}' already, as {same.Role.ToString().ToLowerInvariant()}.")
        : wanted.Role == DeploymentRole.Canary && endpoint.Champion is null ? Problem.Conflict("no_champion", $"'{endpoint.Name}' has no champion yet; deploy one first, a canary needs somebody to be compared with.")
        : wanted.Role == DeploymentRole.Canary && endpoint.Canary is { } canary ? Problem.Conflict("canary_there", $"Version {canary.Version} is the canary under '{endpoint.Name}'; promote it or roll it back first.")
        : wanted.Role == DeploymentRole.Champion && endpoint.Canary is { } other ? Problem.Conflict("canary_there", $"Version {other.Version} is the canary under '{endpoint.Name}'; promote it or roll it back before another champion is deployed.")
        : wanted.Role == DeploymentRole.Shadow && endpoint.Deployments.Count(one => one.Role == DeploymentRole.Shadow) >= Limits.ShadowsPerEndpoint
            ? Problem.Conflict("too_many", $"'{endpoint.Name}' has {Limits.ShadowsPerEndpoint} shadows, as many as it may; roll one back first.")
        : null;
}
