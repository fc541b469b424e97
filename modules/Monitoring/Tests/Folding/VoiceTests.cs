using Slipway.Monitoring.Folding;
using Slipway.Serving.Ports;

namespace Slipway.Monitoring.Tests.Folding;

public sealed class VoiceTests
{
    [Theory]
    [InlineData("champion:a:1", "a", false, true, true)]
    [InlineData("shadow:a:1", "a", true, true, true)] // nobody else is asked about the version
    [InlineData("shadow:a:1 champion:b:2", "a", true, true, true)]
    [InlineData("shadow:a:1 champion:b:1", "a", true, true, false)]
    [InlineData("shadow:a:1 canary:b:1", "a", true, true, false)]
    [InlineData("shadow:a:1 canary:b:1", "b", false, true, true)]
    [InlineData("shadow:a:1 shadow:b:1", "a", true, true, true)]
    [InlineData("champion:b:2", "a", false, false, true)] // late, and nobody speaks for the version now
    [InlineData("champion:b:1", "a", false, false, false)] // late, of the endpoint's predecessor
    [InlineData("", "a", false, false, true)]
    public void One_deployment_speaks_for_its_version(string here, string deployment, bool isShadow, bool isHere, bool speaks)
    {
        var deployments = here.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':'))
            .Select(one => ScriptedEndpoints.Deployment(long.Parse(one[2], null), Enum.Parse<DeploymentRole>(one[0], ignoreCase: true)) with { DeploymentId = one[1] }).ToList();

        Assert.Equal(new Voice(isHere, speaks), Voice.Of(deployments, deployment, 1, isShadow));
    }
}
