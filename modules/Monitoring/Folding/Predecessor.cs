using Slipway.Kernel;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Ports;
using Slipway.Monitoring.Verdicts;

namespace Slipway.Monitoring.Folding;

/// <summary>An endpoint that was deleted: another one of its name, with versions of the same numbers, inherits nothing that was said of it.</summary>
internal static class Predecessor
{
    /// <summary>Takes back what is said of its versions and what became of its predictions. Windows, alerts and the audit log stay.</summary>
    /// <param name="untilMs">When it was deleted: what is newer belongs to its successor.</param>
    public static void Forget(WriteTx tx, string workspace, string endpoint, string model, long untilMs)
    {
        var by = Caller.ForJob("monitoring", workspace);
        foreach (var (version, said) in VerdictStore.Of(tx, workspace, endpoint).Where(row => row.Verdict.Verdict != MonitorVerdict.Unknown && row.Verdict.ChangedMs <= untilMs))
        {
            tx.Publish(by, new MonitorChanged(
                workspace, endpoint, model, version, VerdictWriter.Word(said.Aspect), VerdictWriter.Word(MonitorVerdict.Unknown), $"The endpoint '{endpoint}' was deleted.", null, untilMs));
        }

        tx.Execute($"DELETE FROM monitoring_verdicts WHERE workspace = {workspace} AND endpoint = {endpoint} AND changed_ms <= {untilMs}");
        tx.Execute($"DELETE FROM monitoring_labels WHERE workspace = {workspace} AND endpoint = {endpoint} AND label_arrived_ms <= {untilMs}");
        tx.Execute($"DELETE FROM monitoring_performance WHERE workspace = {workspace} AND endpoint = {endpoint} AND from_ms <= {untilMs}");
    }
}
