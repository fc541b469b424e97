using Microsoft.Extensions.Logging;
using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.Reactions;
using Slipway.Monitoring.Verdicts;
using Slipway.Monitoring.Windows;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Labels;

/// <summary>Judges spans of time again for which outcomes have arrived, and only those; one replica at a time.</summary>
internal sealed partial class OutcomeJob(
    Db db, IEndpoints endpoints, References.References references, Evidence evidence, ReactionSignal signal, Folding.MonitoringMetrics metrics, LiveHub live, TimeProvider clock, ILogger<OutcomeJob> log) : RoundsService
{
    private const int Batch = 100;
    private const int MostLabels = 100_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700);
    private readonly string _me = Ids.New(clock);

    /// <summary>Judges what is due; true when there may be more.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        var due = await db.Read(tx => PerformanceStore.Due(tx, Batch), ct);
        if (due.Count == 0 || !await db.Write(tx => Leases.TryTake(tx, "monitoring.outcomes", _me, 60_000), ct)) { return false; }

        foreach (var span in due) { await Judge(span, ct); }

        return due.Count == Batch;
    }

    protected override async Task Round(CancellationToken ct)
    {
        if (!await Step(ct)) { await Task.Delay(Pause, clock, ct); }
    }

    private async Task Judge(LabelSpan span, CancellationToken ct)
    {
        var (endpoint, definition, labels) = await db.Read(tx => (
            endpoints.FindForServer(tx, span.Workspace, span.Endpoint), DefinitionStore.InForce(tx, span.Workspace, span.Endpoint),
            LabelStore.Of(tx, span.Workspace, span.Endpoint, span.Version, span.FromMs, span.ToMs, MostLabels)), ct);
        var model = endpoint?.Model ?? "";
        var reference = await references.Of(span.Workspace, model, span.Version, ct);
        var result = OutcomeJudge.Judge(span, labels, reference, definition.Settings, clock.NowMs(), ct);
        result = result with { Digest = await evidence.Put(result, ct) };
        await db.Write(tx =>
        {
            if (!PerformanceStore.Put(tx, span, result) || endpoint is null || !PerformanceStore.IsNewest(tx, span)) { return; }

            var by = Caller.ForJob("monitoring", span.Workspace);
            var deployment = endpoints.FindForServer(tx, span.Workspace, span.Endpoint)?.Deployments.FirstOrDefault(one => one.Version == span.Version);
            Say(tx, by, span, model, result, result.Performance, Alert.Performance, deployment, definition);
            Say(tx, by, span, model, result, result.Fairness, Alert.Fairness, deployment, definition);
            tx.AfterCommit(() => live.Send(new LiveChange("monitor", span.Workspace, span.Endpoint, endpoint.Model)));
            tx.AfterCommit(signal.Raise);
        }, ct);
    }

    private void Say(
        WriteTx tx, Caller by, LabelSpan span, string model, PerformanceView result, AspectVerdict said, string kind, DeploymentState? deployment, MonitorDefinition definition)
    {
        // A span that says nothing yet does not take back what an earlier one said: that shows its age. Only what it said itself.
        if (said.Verdict == MonitorVerdict.Unknown && VerdictStore.Find(tx, span.Workspace, span.Endpoint, span.Version, said.Aspect) is { Verdict: not MonitorVerdict.Unknown } before && before.ObservedMs < span.FromMs) { return; }

        VerdictWriter.Say(tx, by, span.Endpoint, model, span.Version, said.Aspect, said.Verdict, said.Detail, result.Digest, said.ObservedMs ?? span.ToMs);
        if (deployment is null) { return; }

        if (said.Verdict == MonitorVerdict.No)
        {
            var alert = new Alert(
                Ids.New(tx.Clock), span.Workspace, span.Endpoint, model, span.Version, deployment.DeploymentId, kind, "", said.Detail, [], null, result.Digest, tx.Clock.NowMs(), said.ObservedMs ?? span.ToMs);
            if (AlertWriter.Raise(tx, by, alert, deployment.Role == DeploymentRole.Shadow ? [] : definition.Settings.Reactions.GetValueOrDefault(kind) ?? [])) { tx.AfterCommit(() => metrics.Raised(kind)); }
        }
        // Nearly good is no recovery: a figure at the limit would open and close it with every batch, and each time the reactions would follow.
        else if (said.Verdict == MonitorVerdict.Yes && AlertStore.FindOpen(tx, span.Workspace, span.Endpoint, span.Version, deployment.DeploymentId, kind, "") is { } open)
        {
            AlertWriter.Close(tx, by, open, said.Detail);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outcomes could not be judged; trying again in a second")]
    protected override partial void Failed(Exception error);
}
