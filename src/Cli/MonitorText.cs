using System.Globalization;
using Slipway.Monitoring.Contracts;

namespace Slipway.Cli;

/// <summary>A monitor as lines of text.</summary>
internal static class MonitorText
{
    /// <summary>One row per version that answers, or one for an endpoint without any.</summary>
    public static IEnumerable<IReadOnlyList<string?>> Rows(MonitorSummary monitor) => monitor.Versions.Count == 0
        ? [[monitor.Endpoint, "-", "-", "-", "-", "-", "-", Show.Count(monitor.OpenAlerts)]]
        : monitor.Versions.Select((version, at) => (IReadOnlyList<string?>)
        [
            monitor.Endpoint, version.Version.ToString(CultureInfo.InvariantCulture), version.Role, Word(version, MonitorAspect.Population), Word(version, MonitorAspect.Decisions),
            Word(version, MonitorAspect.Performance), Word(version, MonitorAspect.Fairness), at == 0 ? Show.Count(monitor.OpenAlerts) : "",
        ]);

    public static void Print(MonitorView monitor)
    {
        Terminal.Line($"{monitor.Endpoint} ({monitor.Model}): {Word(monitor.Verdict)}; {(monitor.DefinitionVersion == 0 ? "the built-in definition" : $"definition {monitor.DefinitionVersion} by {monitor.DefinedBy}")}");
        foreach (var version in monitor.Versions)
        {
            Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"version {version.Version} ({version.Role}, {version.Share:P0} of the traffic)"));
            foreach (var said in version.Verdicts) { Terminal.Line($"  {said.Aspect.ToString().ToLowerInvariant(),-12} {Word(said.Verdict),-10} {said.Detail}"); }

            if (version.Open is { } open) { Terminal.Line($"  window {open.Number}: {Show.Count(open.Predictions)} of {Show.Count(open.Size)} predictions"); }
        }

        foreach (var alert in monitor.Alerts)
        {
            Terminal.Line($"{(alert.State == AlertState.Open ? "open" : "closed")} alert since {Show.Time(alert.OpenedMs)}: {alert.Kind} of version {alert.Version}: {alert.Reason}");
            foreach (var reaction in alert.Reactions) { Terminal.Line($"  {reaction.Reaction}: {reaction.State}{(reaction.Detail is { } detail ? $": {detail}" : "")}"); }

            if (alert.ClosedReason is { } reason) { Terminal.Line($"  closed by {alert.ClosedBy}: {reason}"); }
        }
    }

    private static string Word(WatchedVersion version, MonitorAspect aspect) => Word(version.Verdicts.First(said => said.Aspect == aspect).Verdict);

    private static string Word(MonitorVerdict verdict) => verdict.ToString().ToLowerInvariant();
}
