using Slipway.Kernel;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Versions;

/// <summary>Puts a version away with its tags and aliases. Its number stays taken.</summary>
internal sealed class DeleteVersion(Db db, IGate gate, LiveHub live)
{
    public async Task<Result<Done>> Handle(Caller caller, string model, long number, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsDelete) is { } denied) { return denied; }

        if ((await gate.Ask(
            db, caller, Actions.VersionDelete, ModelVersion.SubjectOf(model, number), tx => VersionStore.Find(tx, caller, Permissions.ModelsDelete, model, number), ct)).Fails(out var refused, out var policy)) { return refused; }

        return await db.Write<Result<Done>>(tx =>
        {
            if (VersionStore.Find(tx, caller, Permissions.ModelsDelete, model, number).Fails(out var missing, out var version)) { return missing; }

            var now = tx.Clock.NowMs();
            var evidence = VersionStore.EvidenceOf(tx, version.ModelId, number);
            VersionStore.Delete(tx, version, now);
            ModelStore.Touch(tx, version.ModelId, now);
            tx.Audit(caller, Actions.VersionDelete, version.Subject, evidence, policy: policy);
            var prompt = ModelStore.IsPrompt(tx, version.ModelId);
            foreach (var alias in version.Aliases) { tx.Publish(caller, new AliasChanged(caller.Workspace, model, alias, number, null, prompt)); }

            tx.Publish(caller, new VersionDeleted(caller.Workspace, model, number, prompt));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, model)));
            return Done.Value;
        }, ct);
    }
}
