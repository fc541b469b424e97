using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Monitoring.Folding;
using Slipway.Monitoring.References;
using Slipway.Monitoring.Statistics;
using Slipway.Monitoring.Tests.Statistics;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

public sealed class WindowJudgeTests
{
    [Theory]
    [InlineData(20, 1, MonitorVerdict.Unknown, "The reference has only 20 rows; 50 are needed.")]
    [InlineData(20, 4, MonitorVerdict.Unknown, "The reference has only 20 rows; 50 are needed.")]
    [InlineData(2_000, 4, MonitorVerdict.No, "of 8 features drifted over 300 predictions")]
    public void A_population_is_judged_only_where_both_sides_have_rows_enough(int rows, double times, MonitorVerdict verdict, string part)
    {
        var random = new Random(3);
        var then = Population.Draw(random, rows);
        var now = Population.Draw(random, 300, then, (_, value) => value * times);
        var reference = new LoadedReference(new Reference(Reference.CurrentFormat, "m", 1, rows, [], new Dictionary<string, double>(), []), "digest", then);
        var state = new FoldedDeployment("d1", 1, DeploymentRole.Champion, 1, 0, new Dictionary<string, EnvelopeTest>());
        var window = new WindowState(1, 1, 300, 1, 2, 300, new Dictionary<string, long>(), [], 0, [.. then.Columns.Select(column => column.Name)], now);

        var view = WindowJudge.Judge("w1", new DeploymentFold(state, reference), window, reference, new JudgeContext("e", "m", MonitorDefinition.BuiltIn, null), new Dictionary<string, EnvelopeTest>(), 3);

        Assert.Equal(verdict, view.Window.Population);
        Assert.Contains(part, view.Window.Detail, StringComparison.Ordinal);
        Assert.Equal(8, view.Features.Count);
        Assert.All(view.Features, feature => Assert.Equal(rows >= 50, feature.Enough));
        Assert.Equal(rows >= 50, view.Window.MaximumPsi is not null);
    }
}
