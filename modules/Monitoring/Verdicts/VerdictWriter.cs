using Slipway.Kernel;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Ports;

namespace Slipway.Monitoring.Verdicts;

/// <summary>Keeps what is said of a version now, and tells it as a fact when it changes.</summary>
internal static class VerdictWriter
{
    /// <returns>The verdict before; unknown when there was none.</returns>
    public static MonitorVerdict Say(
        WriteTx tx, Caller by, string endpoint, string model, long version, MonitorAspect aspect, MonitorVerdict verdict, string detail, string? evidenceDigest, long observedMs)
    {
        var before = VerdictStore.Find(tx, by.Workspace, endpoint, version, aspect);
        var changed = (before?.Verdict ?? MonitorVerdict.Unknown) != verdict;
        VerdictStore.Put(tx, by.Workspace, endpoint, version, new AspectVerdict(aspect, verdict, detail, observedMs, changed || before is null ? tx.Clock.NowMs() : before.ChangedMs, evidenceDigest));
        if (changed)
        {
            tx.Publish(by, new MonitorChanged(by.Workspace, endpoint, model, version, Word(aspect), Word(verdict), detail, evidenceDigest, observedMs));
        }

        return before?.Verdict ?? MonitorVerdict.Unknown;
    }

    public static string Word(MonitorAspect aspect) => aspect switch
    {
        MonitorAspect.Population => "population",
        MonitorAspect.Decisions => "decisions",
        MonitorAspect.Performance => "performance",
        _ => "fairness",
    };

    public static string Word(MonitorVerdict verdict) => verdict switch
    {
        MonitorVerdict.Yes => "yes",
        MonitorVerdict.Attention => "attention",
        MonitorVerdict.No => "no",
        _ => "unknown",
    };
}
