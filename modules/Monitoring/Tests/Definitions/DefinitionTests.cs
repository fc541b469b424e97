using System.Text;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Monitoring.Contracts;
using Slipway.Monitoring.Definitions;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Definitions;

public sealed class DefinitionTests
{
    [Fact]
    public void The_built_in_definition_says_what_its_absence_would_say()
    {
        var (said, unsaid) = (MonitorDefinition.BuiltIn.Settings, DefinitionReader.Read("window: {}").Value);

        Assert.Equal(WireText(unsaid), WireText(said));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("- a", "no mapping")]
    [InlineData("windows: {}", "'windows' is no setting here")]
    [InlineData("window: { predictions: 5 }", "Line 1: 'window.predictions' is '5'; a whole number from 20 to 1000000 belongs there.")]
    [InlineData("window: { predictions: 30, minimum: 50 }", "never has the minimum of 50")]
    [InlineData("\npopulation: { alpha: 2 }", "Line 2: 'population.alpha' is '2'")]
    [InlineData("envelope: { bands: [ { decision: deny, low: 0.3, high: 0.1 } ] }", "ends at 0.1, not above its beginning at 0.3")]
    [InlineData("envelope: { bands: [ { low: 0.3, high: 0.5 } ] }", "'envelope.bands[0].decision' is missing")]
    [InlineData("on: { drift: [explode] }", "'explode' is no reaction; there are haltRollout, rollBack, rollBackOrStop, stop, requestRetraining.")]
    [InlineData("on: { weather: [stop] }", "'on.weather' is no setting here; there are drift, envelope, fairness, performance.")]
    [InlineData("window: &a { predictions: 30 }", "anchor")]
    public void A_fault_is_told_with_its_place(string yaml, string part) => Assert.Contains(part, DefinitionReader.Read(yaml).Problem!.Detail, StringComparison.Ordinal);

    [Theory, EachDatabase]
    public async Task A_definition_comes_into_force_as_the_next_version_and_is_audited(string database)
    {
        await using var watch = await Watch.Open(database);
        await watch.Deploy(ScriptedEndpoints.Deployment(1, DeploymentRole.Champion));

        var before = await watch.Monitor();
        await watch.Define("window: { predictions: 200 }\non: { drift: [stop] }\n");
        await watch.Define("window: { predictions: 200 }\non: { drift: [stop] }\n");
        var after = await watch.Monitor();

        Assert.Equal((0, 500), (before.DefinitionVersion, before.Settings.WindowPredictions));
        Assert.Equal((1, 200, "local-owner"), (after.DefinitionVersion, after.Settings.WindowPredictions, after.DefinedBy));
        Assert.Equal(["stop"], after.Settings.Reactions["drift"]);
        Assert.Empty(after.Settings.Reactions["envelope"]);
        Assert.Equal(["monitor.set"], await watch.Audited());
        Assert.Equal(1, Assert.Single((await watch.Get<Page<MonitorSummary>>("monitors")).Items).DefinitionVersion);

        Assert.Equal(404, (await watch.Send(HttpMethod.Put, "monitors/nobody", Yaml("window: {}"))).Status);
        var (status, body) = await watch.Send(HttpMethod.Put, "monitors/payers", Yaml("windows: {}\npopulation: { alpha: 2 }"));
        Assert.Equal(400, status);
        Assert.Contains("population.alpha", body, StringComparison.Ordinal);
        Assert.Contains("is no setting here", body, StringComparison.Ordinal);
        Assert.Equal(400, (await watch.Send(HttpMethod.Put, "monitors/payers", Yaml("# " + new string('x', Limits.MonitorDefinitionBytes)))).Status);
    }

    private static string WireText(MonitorSettings settings) => System.Text.Json.JsonSerializer.Serialize(settings, WireJson.Options);

    private static ByteArrayContent Yaml(string text) => new(Encoding.UTF8.GetBytes(text));
}
