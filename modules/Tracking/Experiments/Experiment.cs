using System.Globalization;
using Slipway.Kernel;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Experiments;

/// <summary>A row of <c>tracking_experiments</c> with its tags.</summary>
internal sealed record Experiment(long Id, string Name, string ArtifactLocation, bool Deleted, long CreatedMs, long UpdatedMs)
{
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string IdText => Id.ToString(CultureInfo.InvariantCulture);

    public ObjectRef Ref(string workspace) => new(workspace, ObjectRef.Experiment, IdText);

    public ExperimentView ToView() => new(IdText, Name, Deleted ? Lifecycle.Deleted : Lifecycle.Active, CreatedMs, UpdatedMs, ArtifactLocation, Tags);
}
