using System.Text.Json;
using Slipway.Pipelines.Ports;

namespace Slipway.Training.Tests.Steps;

/// <summary>Steps as a definition says them, in JSON.</summary>
internal static class Yaml
{
    public static StepDefinition Step(string with) => new("step", "any", new Dictionary<string, StepReference>(), JsonDocument.Parse(with).RootElement);
}
