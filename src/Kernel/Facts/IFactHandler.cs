using System.Text.Json;

namespace Slipway.Kernel;

/// <summary>
/// Acts on one kind of fact, after its commit, at least once, in order; so it must be idempotent. Registered as a singleton; a handler that
/// throws is called again with the same fact, later and later, and holds up nobody but itself.
/// </summary>
public interface IFactHandler
{
    /// <summary>In place of a kind: every fact.</summary>
    const string Every = "*";

    /// <summary>Stable name of its cursor, such as <c>tracking.fold</c>.</summary>
    string Subscriber { get; }

    string Kind { get; }

    Task Handle(StoredFact fact, CancellationToken ct);

    /// <summary>Facts that were read together, in order; for a handler that can look once what concerns all of them.</summary>
    async Task Handle(IReadOnlyList<StoredFact> facts, CancellationToken ct)
    {
        foreach (var fact in facts) { await Handle(fact, ct); }
    }
}

public abstract class FactHandler<T> : IFactHandler
    where T : IFact
{
    public abstract string Subscriber { get; }

    public string Kind => T.Kind;

    public Task Handle(StoredFact fact, CancellationToken ct) => Handle(fact, JsonSerializer.Deserialize<T>(fact.Body, FactLog.Json)!, ct);

    protected abstract Task Handle(StoredFact stored, T fact, CancellationToken ct);
}
