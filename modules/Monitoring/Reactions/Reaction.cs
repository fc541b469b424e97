namespace Slipway.Monitoring.Reactions;

/// <summary>What a monitor may do by itself, as definitions name it.</summary>
internal static class Reaction
{
    /// <summary>Nobody can widen the canary until a person has released it.</summary>
    public const string HaltRollout = "haltRollout";

    /// <summary>The version is taken out of the traffic; where there is nothing to go back to, nothing happens and the alert says so.</summary>
    public const string RollBack = "rollBack";

    /// <summary>As <see cref="RollBack"/>; where there is nothing to go back to, the endpoint is stopped.</summary>
    public const string RollBackOrStop = "rollBackOrStop";

    /// <summary>The kill switch.</summary>
    public const string Stop = "stop";

    /// <summary>A request that a person answers.</summary>
    public const string RequestRetraining = "requestRetraining";

    public static readonly IReadOnlyList<string> All = [HaltRollout, RollBack, RollBackOrStop, Stop, RequestRetraining];
}
