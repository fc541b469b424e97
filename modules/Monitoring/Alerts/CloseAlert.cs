using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Monitors;
using Slipway.Monitoring.Reactions;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Alerts;

/// <summary>Closes an alert by hand; when its cause is still there, the next windows open another.</summary>
internal sealed class CloseAlert(Db db, IEndpoints endpoints, LiveHub live)
{
    private const int MaxReasonChars = 2_000;

    public static void Map(RouteGroupBuilder monitors) => monitors
        .MapPost("/{endpoint}/alerts/{alertId}/close", async (string endpoint, string alertId, CloseAlertRequest body, Caller caller, CloseAlert handler, CancellationToken ct) =>
            (await handler.Handle(caller, endpoint, alertId, body.Reason, ct)).ToHttp())
        .WithName(nameof(CloseAlert)).Needs(Permissions.Write).WithSummary("Closes an alert by hand, with a reason.")
        .Produces<AlertView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    public async Task<Result<AlertView>> Handle(Caller caller, string endpoint, string alertId, string reason, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Write) is { } denied) { return denied; }

        if (Fault(reason) is { } fault) { return fault; }

        return await db.Write<Result<AlertView>>(tx =>
        {
            if (Known.Fault(tx, endpoints, caller, endpoint) is { } unknown) { return unknown; }

            if (AlertStore.Find(tx, caller.Workspace, alertId) is not { } alert || alert.Endpoint != endpoint) { return Problem.NotFound("alert", alertId); }

            if (alert.ClosedMs is not null) { return Problem.Conflict("closed", $"The alert was closed by {alert.ClosedBy}: {alert.ClosedReason}"); }

            AlertWriter.Close(tx, caller, alert, reason);
            tx.AfterCommit(() => live.Send(new LiveChange("monitor", caller.Workspace, endpoint, alert.Model)));
            return AlertStore.Find(tx, caller.Workspace, alertId)!.ToView(ReactionStore.Of(tx, [alertId]).GetValueOrDefault(alertId) ?? []);
        }, ct);
    }

    /// <summary>The problem of a reason that says nothing or too much.</summary>
    public static Problem? Fault(string reason) => string.IsNullOrWhiteSpace(reason)
        ? Problem.Invalid("reason", "The reason is empty; one sentence belongs there.")
        : reason.Length > MaxReasonChars ? Problem.Invalid("reason", $"The reason has {reason.Length} characters; at most {MaxReasonChars} are taken.") : null;
}
