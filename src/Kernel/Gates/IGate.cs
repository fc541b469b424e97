namespace Slipway.Kernel;

/// <summary>Asked before a consequential change: a refusal must come before it, not after. A later room implements it with policies.</summary>
public interface IGate
{
    /// <param name="action">Verb of the audit table, such as <c>experiment.delete</c>.</param>
    /// <param name="subject">What it happens to: kind and id, such as <c>experiment/12</c>.</param>
    /// <param name="evidence">Digests and facts that the asker has at hand, by name.</param>
    Task<GateAnswer> Ask(Caller caller, string action, string subject, IReadOnlyDictionary<string, string> evidence, CancellationToken ct);

    /// <summary>The answer where the action alone decides, in a transaction of the asker's who reads there anyway; null = <see cref="Ask"/>.</summary>
    GateAnswer? AskOfAction(ReadTx tx, Caller caller, string action) => null;
}

/// <param name="Allowed">False stops the change.</param>
/// <param name="Policy">The policy and version that decided.</param>
/// <param name="Reasons">The deciding rows in words; on a refusal also what evidence is missing.</param>
public sealed record GateAnswer(bool Allowed, string Policy, IReadOnlyList<string> Reasons)
{
    public Problem? Refusal => Allowed ? null : new Problem(403, "refused_by_policy", $"{Policy}: {string.Join(" ", Reasons)}");
}

/// <summary>In force while no room answers gates: permissions alone decide, and the answer says so.</summary>
public sealed class NoPolicyGate : IGate
{
    private static readonly GateAnswer Yes = new(true, "none", ["No policy is installed; permissions alone decided."]);

    public GateAnswer? AskOfAction(ReadTx tx, Caller caller, string action) => Yes;

    public Task<GateAnswer> Ask(
        Caller caller, string action, string subject, IReadOnlyDictionary<string, string> evidence, CancellationToken ct) => Task.FromResult(Yes);
}
