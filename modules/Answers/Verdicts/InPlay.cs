using Slipway.Answers.State;

namespace Slipway.Answers.Verdicts;

/// <summary>The versions that an answer speaks of.</summary>
internal static class InPlay
{
    /// <summary>Deployed somewhere, champions first; stopped endpoints count, since what they hold answers again when they are released.</summary>
    public static IReadOnlyList<long> Deployed(ModelState state) =>
        [.. state.Endpoints.SelectMany(endpoint => endpoint.Deployments).OrderBy(deployment => deployment.Role).ThenBy(deployment => deployment.Version).Select(deployment => deployment.Version).Distinct()];

    /// <summary>Somewhere a champion or a canary is deployed; where only shadows are, nobody gets their answers and nothing is in production.</summary>
    public static bool InProduction(ModelState state) => state.Endpoints.Any(endpoint => endpoint.Answering.Any());

    /// <summary>Deployed ones, or the newest that is registered; empty when there is none.</summary>
    public static IReadOnlyList<long> Versions(ModelState state) => Deployed(state) is { Count: > 0 } deployed ? deployed : [.. state.Versions.TakeLast(1).Select(version => version.Fact.Version)];
}
