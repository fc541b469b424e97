using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Governance.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.Folding;
using Slipway.Monitoring.Reactions;
using Slipway.Monitoring.Verdicts;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Monitors;

/// <summary>The monitors of a workspace, one per endpoint; and one of them with what it says now.</summary>
internal sealed class GetMonitor(Db db, IEndpoints endpoints, IApprovals approvals)
{
    private const int MostAlerts = 50;

    public static void Map(RouteGroupBuilder monitors)
    {
        monitors.MapGet("", async (Caller caller, GetMonitor handler, CancellationToken ct) => (await handler.All(caller, ct)).ToHttp())
            .WithName("ListMonitors").Needs(Permissions.Read).WithSummary("The monitors of the workspace, one per endpoint, by name.")
            .Produces<Page<MonitorSummary>>();
        monitors.MapGet("/{endpoint}", async (string endpoint, Caller caller, GetMonitor handler, CancellationToken ct) => (await handler.One(caller, endpoint, ct)).ToHttp())
            .WithName(nameof(GetMonitor)).Needs(Permissions.Read).WithSummary("A monitor with its definition, its versions with their verdicts, and its alerts.")
            .Produces<MonitorView>().ProducesProblem(404);
    }

    private async Task<Result<Page<MonitorSummary>>> All(Caller caller, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read(tx =>
        {
            var alerts = AlertStore.CountOpen(tx, caller.Workspace);
            return new Page<MonitorSummary>(
            [
                .. endpoints.List(tx, caller).Select(state =>
                {
                    var definition = DefinitionStore.InForce(tx, caller.Workspace, state.Endpoint);
                    var (versions, foldedMs) = Versions(tx, state, definition);
                    return new MonitorSummary(state.Endpoint, state.Model, WatchedVersions.Worst(versions), definition.Version, alerts.GetValueOrDefault(state.Endpoint), versions, foldedMs);
                }),
            ]);
        }, ct);
    }

    private async Task<Result<MonitorView>> One(Caller caller, string endpoint, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        return await db.Read<Result<MonitorView>>(tx =>
        {
            if (endpoints.Find(tx, caller, endpoint) is not { } state) { return Problem.NotFound("endpoint", endpoint); }

            var definition = DefinitionStore.InForce(tx, caller.Workspace, endpoint);
            var (versions, foldedMs) = Versions(tx, state, definition);
            return new MonitorView(
                endpoint, state.Model, WatchedVersions.Worst(versions), definition.Text, definition.Version, definition.Digest, definition.Settings, versions, Alerts(tx, caller.Workspace, endpoint),
                foldedMs, definition.By, definition.Version > 0 ? definition.CreatedMs : null);
        }, ct);
    }

    private (List<WatchedVersion> Versions, long? FoldedMs) Versions(ReadTx tx, EndpointState state, MonitorDefinition definition)
    {
        var known = EndpointStore.Find(tx, state.Workspace, state.Endpoint);
        var verdicts = VerdictStore.Of(tx, state.Workspace, state.Endpoint).ToLookup(row => row.Version, row => row.Verdict);
        var open = known?.State.Deployments.ToDictionary(one => one.DeploymentId, StringComparer.Ordinal) ?? [];
        return
        (
            [
                .. state.Deployments.Select(one =>
                {
                    var context = new JudgeContext(state.Endpoint, state.Model, definition, approvals.StateOf(tx, state.Workspace, state.Model, one.Version).Conditions);
                    return WatchedVersions.Of(one, [.. verdicts[one.Version]], open.GetValueOrDefault(one.DeploymentId), context);
                }),
            ],
            known?.Endpoint.FoldedMs);
    }

    private static List<AlertView> Alerts(ReadTx tx, string workspace, string endpoint)
    {
        var open = AlertStore.OpenOf(tx, workspace, endpoint);
        var shown = open.Concat(AlertStore.Newest(tx, workspace, endpoint, "~", MostAlerts).Where(alert => alert.ClosedMs is not null)).Take(MostAlerts).ToList();
        var reactions = ReactionStore.Of(tx, [.. shown.Select(alert => alert.Id)]);
        return [.. shown.Select(alert => alert.ToView(reactions.GetValueOrDefault(alert.Id) ?? []))];
    }
}
