using Slipway.Governance.Policies;
using Slipway.Kernel;
using Slipway.Registry.Ports;

namespace Slipway.Governance.Approvals;

/// <summary>Denies what the policy governs unless the version concerned is approved, and says which rows decided and what is missing. What no policy governs is left to permissions.</summary>
internal sealed class PolicyGate(Db db, PolicyStore policies, Standings standings, IVersions versions) : IGate
{
    public async Task<GateAnswer> Ask(Caller caller, string action, string subject, IReadOnlyDictionary<string, string> evidence, CancellationToken ct)
    {
        var policy = await db.Read(tx => policies.InForce(tx, caller.Workspace), ct);
        if (Ungoverned(policy, action) is { } free) { return free; }

        if (GovernedActions.VersionOf(subject) is not var (model, version)) { return new GateAnswer(false, policy.Label, [$"{action} is governed, and '{subject}' names no version of a model."]); }

        if (await db.Read(tx => Approved(tx, caller.Workspace, model, version), ct) is { } answer) { return answer; }

        return await Unasked(caller, policy, model, version, ct);
    }

    public GateAnswer? AskOfAction(ReadTx tx, Caller caller, string action) => Ungoverned(policies.InForce(tx, caller.Workspace), action);

    private static GateAnswer? Ungoverned(StoredPolicy policy, string action) => policy.Definition.Governs.Contains(action)
        ? null
        : new GateAnswer(true, "none", [$"The policy {policy.Label} does not govern {action}; permissions alone decided."]);

    private GateAnswer? Approved(ReadTx tx, string workspace, string model, long version)
    {
        if (ApprovalStore.Deciding(tx, workspace, model, version) is not { } approval) { return null; }

        var standing = standings.At(tx, workspace).Of(approval);
        return standing.InForce
            ? new GateAnswer(true, standing.Policy.Label, [
                $"Approval {approval.Id} of version {version} of '{model}' is in force, signed by {string.Join(", ", standing.ValidSignOffs.Select(signOff => signOff.SignerName))}.",
                .. standing.Judgement.Rows.Select(row => row.Sentence)])
            : new GateAnswer(false, standing.Policy.Label, [.. standing.Reasons()]);
    }

    // What would be asked for, so that whoever was refused knows what to bring; as far as they may read the version.
    private async Task<GateAnswer> Unasked(Caller caller, StoredPolicy policy, string model, long version, CancellationToken ct)
    {
        if ((await versions.Reports(caller, model, version, ct)).Fails(out var problem, out var reports)) { return new GateAnswer(false, policy.Label, [problem.Detail]); }

        var judgement = await db.Read(tx => standings.At(tx, caller.Workspace).Preview(reports), ct);
        return new GateAnswer(false, policy.Label, [$"Nobody has asked for the approval of version {version} of '{model}'.", .. judgement.Against.Select(row => row.Sentence)]);
    }
}
