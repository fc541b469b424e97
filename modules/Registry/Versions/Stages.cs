using Slipway.Kernel;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Versions;

/// <summary>MLflow's legacy stages by name.</summary>
internal static class Stages
{
    public static readonly IReadOnlyList<ModelStage> All = [ModelStage.None, ModelStage.Staging, ModelStage.Production, ModelStage.Archived];

    /// <summary>In any case.</summary>
    public static Result<ModelStage> Parse(string stage)
    {
        foreach (var known in All)
        {
            if (stage.Equals(known.ToString(), StringComparison.OrdinalIgnoreCase)) { return known; }
        }

        return Problem.Invalid("stage", $"Invalid Model Version stage: {stage}. Value must be one of {string.Join(", ", All)}.");
    }
}
