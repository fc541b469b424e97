using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Monitoring.References;

/// <summary>
/// Makes the reference of a version as soon as it is registered, while its data is at hand. The same fact again finds it made. Of a version without data and without evaluation there is
/// nothing to keep: its reference says so, and is made when somebody asks for it.
/// </summary>
internal sealed class MakeReference(References references) : FactHandler<VersionRegistered>
{
    public override string Subscriber => "monitoring.reference";

    protected override Task Handle(StoredFact stored, VersionRegistered fact, CancellationToken ct) =>
        fact is { DataDigest: null, EvaluationDigest: null } ? Task.CompletedTask : references.Of(fact.Workspace, fact.Model, fact.Version, ct);
}
