using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Retraining;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Reactions;

/// <summary>
/// Does what follows from an alert. It may be called again for the same one, after a crash between the deed and its note: so it looks first whether the deployment is still there, and
/// what it asks of endpoints changes nothing the second time.
/// </summary>
internal sealed class React(Db db, IEndpoints endpoints, RequestRetraining retraining)
{
    /// <returns>State and what came of it; a problem = try again.</returns>
    public async Task<Result<(string State, string Detail)>> Do(DueReaction reaction, CancellationToken ct)
    {
        var by = Caller.ForJob("monitoring", reaction.Workspace);
        var (alert, endpoint) = await db.Read(tx =>
        {
            var found = AlertStore.Find(tx, reaction.Workspace, reaction.AlertId)!;
            return (found, endpoints.FindForServer(tx, reaction.Workspace, found.Endpoint));
        }, ct);
        if (reaction.Reaction == Reaction.RequestRetraining) { return await retraining.Handle(by, alert, reaction, ct); }

        if (endpoint?.Deployments.Any(one => one.DeploymentId == alert.DeploymentId) != true)
        {
            return (ReactionStore.NotNeeded, $"Version {alert.Version} no longer answers under '{alert.Endpoint}'.");
        }

        return reaction.Reaction switch
        {
            Reaction.HaltRollout => await Halt(by, alert, ct),
            Reaction.Stop => await Stop(by, alert, ct),
            _ => await RollBack(by, alert, orStop: reaction.Reaction == Reaction.RollBackOrStop, ct),
        };
    }

    private async Task<Result<(string State, string Detail)>> Halt(Caller by, Alert alert, CancellationToken ct) =>
        Outcome(await endpoints.Halt(by, alert.Endpoint, alert.Reason, ct), "The rollout is halted.");

    private async Task<Result<(string State, string Detail)>> Stop(Caller by, Alert alert, CancellationToken ct) =>
        Outcome(await endpoints.Stop(by, alert.Endpoint, alert.Reason, ct), "The endpoint is stopped.");

    private async Task<Result<(string State, string Detail)>> RollBack(Caller by, Alert alert, bool orStop, CancellationToken ct)
    {
        var done = await endpoints.RollBack(by, alert.Endpoint, alert.Version, alert.Reason, ct);
        return done.Problem is { Status: 409 } && orStop
            ? (await Stop(by, alert, ct)).Then(stopped => (stopped.State, $"There is no version to go back to. {stopped.Detail}"))
            : Outcome(done, $"Version {alert.Version} was taken out of the traffic.");
    }

    // What the endpoint refuses as a matter of course will not change by asking again; what is not there for the moment (503) may.
    private static Result<(string State, string Detail)> Outcome(Result<EndpointState> result, string done) => result.Problem is not { } problem
        ? (ReactionStore.Done, done)
        : problem.Status < 500 ? (ReactionStore.Failed, problem.Detail) : problem;
}
