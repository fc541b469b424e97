using System.Text.RegularExpressions;

namespace Slipway.Architecture.Tests;

/// <summary>Every measurement of our own that /metrics shows is explained in docs/operations.md, under the name that Prometheus sees.</summary>
public sealed partial class MetricTests
{
    [Fact]
    public void Every_metric_is_in_the_docs() =>
        Rule.Holds(Missing(Repository.Files(".cs").Where(file => !file.IsTest), Repository.Read("docs/operations.md")));

    [Fact]
    public void A_metric_that_the_docs_lack_is_found() => Assert.Equal(
        ["slipway_runs_open (src/A.cs)"],
        Missing([new SourceFile("src/A.cs", "meter.CreateCounter<long>(\"slipway.writes\"); meter.CreateObservableGauge(\"slipway.runs.open\", Count)")], "`slipway_writes`"));

    private static IEnumerable<string> Missing(IEnumerable<SourceFile> files, string page) =>
        from file in files
        from Match match in Instrument().Matches(file.Text)
        let name = match.Groups["name"].Value.Replace('.', '_')
        where !page.Contains($"`{name}", StringComparison.Ordinal)
        select $"{name} ({file.Path})";

    [GeneratedRegex(@"\.Create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)(?:<\w+>)?\(\s*""(?<name>[^""]+)")]
    private static partial Regex Instrument();
}
