using Slipway.Kernel;
using Slipway.Monitoring.Alerts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Ports;
using Slipway.Monitoring.Reactions;
using Slipway.Monitoring.Verdicts;
using Slipway.Monitoring.Windows;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Folding;

/// <summary>Writes what a fold found: windows, verdicts, alerts with their reactions, and the facts that tell of them.</summary>
internal sealed class FoldWriter(IEndpoints endpoints, ReactionSignal signal, MonitoringMetrics metrics)
{
    public void Write(WriteTx tx, string workspace, string endpoint, FoldOutcome outcome)
    {
        if (outcome.IsEmpty) { return; }

        var by = Caller.ForJob("monitoring", workspace);
        var here = endpoints.FindForServer(tx, workspace, endpoint)?.Deployments ?? [];
        foreach (var window in outcome.Windows) { Write(tx, by, window, Voice.Of(here, window.View.Window.DeploymentId, window.View.Window.Version, window.IsShadow)); }

        foreach (var band in outcome.Broken) { Write(tx, by, band, Voice.Of(here, band.Evidence.DeploymentId, band.Evidence.Version, band.IsShadow)); }

        tx.AfterCommit(signal.Raise);
    }

    private void Write(WriteTx tx, Caller by, JudgedWindow judged, Voice voice)
    {
        var (view, window) = (judged.View, judged.View.Window);
        WindowStore.Insert(tx, by.Workspace, view.Endpoint, window, judged.State.FirstPosition, judged.State.LastPosition);
        if (voice.Speaks) { Say(tx, by, view, MonitorAspect.Population, window.Population, window.Detail); }

        Population(tx, by, judged, voice.IsHere);
        Decisions(tx, by, judged, voice);
    }

    private static void Decisions(WriteTx tx, Caller by, JudgedWindow judged, Voice voice)
    {
        var (view, window) = (judged.View, judged.View.Window);
        var alerts = AlertStore.OpenOf(tx, by.Workspace, view.Endpoint).Where(alert => alert.Kind == Alert.Envelope && alert.DeploymentId == window.DeploymentId).ToLookup(alert => judged.Banded.Contains(alert.Subject));
        var (open, without) = (alerts[true].ToList(), voice.IsHere ? alerts[false].ToList() : []);
        foreach (var alert in without) { AlertWriter.Close(tx, by, alert, $"The share of '{alert.Subject}' has no band any more."); }

        // Outside by chance is no recovery: a band that was left counts as kept again only when a window lies within it.
        var decisions = window.Decisions == MonitorVerdict.Attention && open.Count > 0 ? MonitorVerdict.No : window.Decisions;

        // What was said of a band that is gone is true no more. Of a deployment that is gone the bands may be unknown.
        var takesBack = voice.IsHere && (judged.Banded.Count == 0 || (without.Count > 0 && open.Count == 0));
        if (voice.Speaks) { Say(tx, by, view, MonitorAspect.Decisions, decisions, judged.Decisions, takesBack); }

        if (decisions != MonitorVerdict.Yes) { return; }

        foreach (var alert in open) { AlertWriter.Close(tx, by, alert, $"Window {window.Number} of version {window.Version} is within its bands again."); }
    }

    // A window that says nothing does not take back what an earlier one said: that shows its age.
    private static void Say(WriteTx tx, Caller by, WindowView view, MonitorAspect aspect, MonitorVerdict verdict, string detail, bool takesBack = false)
    {
        var window = view.Window;
        if (verdict == MonitorVerdict.Unknown && !takesBack && VerdictStore.Find(tx, by.Workspace, view.Endpoint, window.Version, aspect) is { Verdict: not MonitorVerdict.Unknown }) { return; }

        VerdictWriter.Say(tx, by, view.Endpoint, view.Model, window.Version, aspect, verdict, detail, window.Digest, window.ToMs);
    }

    private void Population(WriteTx tx, Caller by, JudgedWindow judged, bool isHere)
    {
        var (view, window) = (judged.View, judged.View.Window);
        var open = AlertStore.FindOpen(tx, by.Workspace, view.Endpoint, window.Version, window.DeploymentId, Alert.Drift, "");
        if (window.Population is MonitorVerdict.Yes or MonitorVerdict.Attention && open is not null)
        {
            AlertWriter.Close(tx, by, open, $"No feature of window {window.Number} is past its maximum.");
        }

        if (window.Population != MonitorVerdict.No || !isHere) { return; }

        var drifted = view.Features.Where(feature => feature.Drifted).ToList();
        var alert = new Alert(
            Ids.New(tx.Clock), by.Workspace, view.Endpoint, view.Model, window.Version, window.DeploymentId, Alert.Drift, "", window.Detail,
            [.. drifted.Select(feature => new AlertFeature(feature.Feature, feature.Psi, feature.AdjustedP, feature.Contribution))], window.Id, window.Digest, tx.Clock.NowMs(), window.ToMs);
        if (!AlertWriter.Raise(tx, by, alert, judged.IsShadow ? [] : judged.Reactions)) { return; }

        tx.AfterCommit(() => metrics.Raised(Alert.Drift));
        tx.Publish(by, new DriftDetected(
            by.Workspace, view.Endpoint, view.Model, window.Version, [.. drifted.Select(feature => new DriftedFeature(feature.Feature, feature.Psi, feature.AdjustedP))],
            window.FromMs, window.ToMs, window.Digest));
    }

    private void Write(WriteTx tx, Caller by, BrokenBand band, Voice voice)
    {
        var found = band.Evidence;
        if (voice.Speaks) { VerdictWriter.Say(tx, by, found.Endpoint, found.Model, found.Version, MonitorAspect.Decisions, MonitorVerdict.No, band.Detail, band.Digest, found.ObservedMs); }

        if (!voice.IsHere) { return; }

        var alert = new Alert(
            Ids.New(tx.Clock), by.Workspace, found.Endpoint, found.Model, found.Version, found.DeploymentId, Alert.Envelope, found.Decision, band.Detail, [], null, band.Digest,
            tx.Clock.NowMs(), found.ObservedMs);
        if (!AlertWriter.Raise(tx, by, alert, band.IsShadow ? [] : band.Reactions)) { return; }

        tx.AfterCommit(() => metrics.Raised(Alert.Envelope));
        tx.Publish(by, new EnvelopeBroken(
            by.Workspace, found.Endpoint, found.Model, found.Version, found.Decision, found.Share, found.Low, found.High, found.Predictions, found.ObservedMs, band.Digest));
    }
}
