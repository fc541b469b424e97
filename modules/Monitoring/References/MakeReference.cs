using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Monitoring.References;

/// <summary>Makes the reference of a version as soon as it is registered, while its data is at hand. The same fact again finds it made.</summary>
internal sealed class MakeReference(References references) : FactHandler<VersionRegistered>
{
    public override string Subscriber => "monitoring.reference";

    protected override Task Handle(StoredFact stored, VersionRegistered fact, CancellationToken ct) => references.Of(fact.Workspace, fact.Model, fact.Version, ct);
}
