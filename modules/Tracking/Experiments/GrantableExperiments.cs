using System.Globalization;
using Slipway.Kernel;

namespace Slipway.Tracking.Experiments;

/// <summary>Experiments as grants name them.</summary>
internal sealed class GrantableExperiments : IGrantable
{
    public string Kind => ObjectRef.Experiment;

    public string? NameOf(ReadTx tx, string workspace, string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == id
            ? ExperimentStore.NameOf(tx, workspace, number)
            : null;
}
