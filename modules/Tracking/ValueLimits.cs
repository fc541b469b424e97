namespace Slipway.Tracking;

/// <summary>Most characters of what people log: MLflow's limits.</summary>
internal static class ValueLimits
{
    public const int ParamValueChars = 6_000;
    public const int RunTagValueChars = 8_000;
    public const int ExperimentNameChars = 500;
    public const int ExperimentTagValueChars = 5_000;
}
