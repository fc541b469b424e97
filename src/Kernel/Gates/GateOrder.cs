namespace Slipway.Kernel;

/// <summary>The order in which a change is asked for: first whether the caller may make it, then whether the policy lets it be made.</summary>
public static class GateOrder
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>
    /// Asks the gate of a change to something that the caller may change. What they may not see or change is said before any policy is asked, so that no policy tells of it; the change
    /// itself finds the thing once more, in its own transaction.
    /// </summary>
    /// <param name="find">Finds the thing by the caller and the permission that the change needs on it.</param>
    /// <param name="evidence">Digests and facts at hand, by name.</param>
    /// <returns>The policy and version that allowed the change; the finder's problem, or the refusal of the policy.</returns>
    public static async Task<Result<string>> Ask<T>(
        this IGate gate, Db db, Caller caller, AuditAction action, string subject, Func<ReadTx, Result<T>> find, Func<T, IReadOnlyDictionary<string, string>> evidence, CancellationToken ct)
    {
        if ((await db.Read(find, ct)).Fails(out var problem, out var found)) { return problem; }

        var answer = await gate.Ask(caller, action.Name, subject, evidence(found), ct);
        return answer.Refusal is { } refusal ? refusal : answer.Policy;
    }

    /// <summary>As the other, without evidence.</summary>
    public static Task<Result<string>> Ask<T>(this IGate gate, Db db, Caller caller, AuditAction action, string subject, Func<ReadTx, Result<T>> find, CancellationToken ct) =>
        gate.Ask(db, caller, action, subject, find, _ => Nothing, ct);
}
