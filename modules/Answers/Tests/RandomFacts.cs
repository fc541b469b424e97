using Slipway.Governance.Ports;
using Slipway.Monitoring.Ports;
using Slipway.Registry.Ports;
using Slipway.Serving.Ports;

namespace Slipway.Answers.Tests;

/// <summary>Facts of a few models, versions and endpoints, in an order that no real workspace would have: whatever is told must fold.</summary>
internal static class RandomFacts
{
    private const string W = Past.Workspace;
    private static readonly string[] Models = ["a", "b", "m"];
    private static readonly string[] Aspects = ["population", "decisions", "performance", "fairness"];
    private static readonly string[] Said = ["yes", "yes", "attention", "no", "unknown"];

    public static string Model(Random random) => Models[random.Next(Models.Length)];

    public static object Next(Random random)
    {
        var (model, version, endpoint, id) = (Model(random), (long)random.Next(1, 4), random.Next(2) == 0 ? "e" : "f", $"{random.Next(6)}");
        return random.Next(24) switch
        {
            0 or 1 or 2 => new ModelRegistered(W, model),
            3 or 4 => Told.Version(version, data: random.Next(4) == 0 ? null : "d1", model: model),
            5 => Told.Entry(random.Next(2) == 0 ? "Scores" : "Ranks", random.Next(4) == 0 ? null : "p1", model),
            6 => Told.Requested(version, id, model),
            7 => Told.Signed(version, id, $"p{random.Next(3)}", model: model),
            8 or 9 => Told.Granted(version, id, random.Next(3) == 0 ? [$"{random.Next(3)}"] : [], random.Next(4) == 0 ? 1_795_260_000_000 + random.Next(600_000) : null, model),
            10 => random.Next(2) == 0 ? Told.Voided(version, id, model) : Told.Refused(version, id, model),
            11 => Told.Exception(1_795_260_000_000 + random.Next(600_000), $"{random.Next(3)}", model),
            12 => Told.ExceptionEnded($"{random.Next(3)}", model),
            13 or 14 or 15 => new TrafficChanged(W, endpoint, model, (RolloutState)random.Next(3), Deployments(random)),
            16 => new EndpointStopped(W, endpoint, model, "Stopped."),
            17 => new EndpointReleased(W, endpoint, model, ["Vera"], "Released."),
            18 => random.Next(2) == 0 ? new RolloutHalted(W, endpoint, model, version, "Halted.") : new RolledBack(W, endpoint, model, version, 1, "Rolled back."),
            19 or 20 => new MonitorChanged(W, endpoint, model, version, Aspects[random.Next(4)], Said[random.Next(5)], "It is so", "w1", 1_795_250_000_000),
            21 => new DriftDetected(W, endpoint, model, version, [new DriftedFeature("rate", random.NextDouble(), random.NextDouble())], 1, 2, "w2"),
            22 => random.Next(3) switch { 0 => Told.Policy(version), 1 => new MonitorDefined(W, endpoint, model, 1, "q1", []), _ => new RetrainingRequested(W, id, model, null, "Drift.") },
            _ => Rare(random, model, version, endpoint),
        };
    }

    private static object Rare(Random random, string model, long version, string endpoint) => random.Next(5) switch
    {
        0 => new ModelRenamed(W, model, Model(random)) is { } renamed && renamed.Model != renamed.Previous ? renamed : new ModelRegistered(W, model),
        1 => new ModelDeleted(W, model),
        2 => new VersionDeleted(W, model, version),
        3 => random.Next(3) == 0 ? new EndpointCreated(W, endpoint, model) : new EndpointDeleted(W, endpoint, model),
        _ => new AliasChanged(W, model, "champion", null, random.Next(2) == 0 ? null : version),
    };

    private static DeploymentState[] Deployments(Random random)
    {
        var champion = Told.Champion(random.Next(1, 4), digest: random.Next(6) == 0 ? "other" : null);
        return random.Next(3) switch { 0 => [], 1 => [champion], _ => [champion with { Share = 0.9 }, Told.Canary(random.Next(1, 4))] };
    }
}
