using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Folding;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Monitors;

/// <summary>What a monitor shows of one version.</summary>
internal static class WatchedVersions
{
    /// <param name="said">What was said so far; an aspect that was never measured is unknown.</param>
    /// <param name="folded">As stored with the last fold; null = no prediction was seen.</param>
    public static WatchedVersion Of(DeploymentState deployment, IReadOnlyList<AspectVerdict> said, FoldedDeployment? folded, JudgeContext context) => new(
        deployment.Version, deployment.DeploymentId, RoleName.Of(deployment.Role), deployment.Share,
        [.. Enum.GetValues<MonitorAspect>().Select(aspect => said.FirstOrDefault(one => one.Aspect == aspect) ?? new AspectVerdict(aspect, MonitorVerdict.Unknown, Unmeasured(aspect)))],
        folded?.Open is { } window ? Open(window, folded, context) : null);

    /// <summary>The worst that is said of versions whose answers are sent: no before attention before yes.</summary>
    public static MonitorVerdict Worst(IEnumerable<WatchedVersion> versions) =>
        versions.Where(version => version.Role != "shadow").SelectMany(version => version.Verdicts).Select(said => said.Verdict).DefaultIfEmpty(MonitorVerdict.Unknown).Max();

    private static OpenWindowView Open(WindowState window, FoldedDeployment folded, JudgeContext context)
    {
        var settings = context.Definition.Settings;
        return new OpenWindowView(
            window.Number, window.Predictions, settings.WindowPredictions, window.FromMs, window.FromMs + (settings.WindowMaximumAgeSeconds * 1_000),
            WindowJudge.Shares(window, context, folded.Envelopes));
    }

    private static string Unmeasured(MonitorAspect aspect) => aspect switch
    {
        MonitorAspect.Population or MonitorAspect.Decisions => "No window has closed yet.",
        _ => "No outcomes have been reported yet.",
    };
}
