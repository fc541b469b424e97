using Slipway.Kernel;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;

namespace Slipway.Registry.Versions;

/// <summary>What is to be registered.</summary>
/// <param name="RunId">As the client said; may be empty.</param>
internal sealed record NewVersion(string Model, string Source, string RunId = "", string RunLink = "", string Description = "")
{
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>Registers the next version of a model, with what is known of it now.</summary>
internal sealed class RegisterVersion(Db db, IGate gate, LiveHub live, ResolveSource resolve)
{
    /// <summary>From a source that is looked at first.</summary>
    public async Task<Result<ModelVersion>> Handle(Caller caller, NewVersion given, IdempotencyKey? key, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        if (Fault(given) is { } fault) { return fault; }

        if (SourceText.Parse(given.Source).Fails(out var sourceFault, out var source)) { return sourceFault; }

        if (Tags.Check(given.Tags).Fails(out var tagFault, out var tags)) { return tagFault; }

        // Said before a missing run is: who names an unknown model wants to hear of that.
        if (await db.Read(tx => ModelStore.FindBare(tx, caller.Workspace, given.Model), ct) is null) { return Faults.NoModel(given.Model); }

        if ((await resolve.Handle(caller, source, given.RunId, ct)).Fails(out var unresolved, out var evidence)) { return unresolved; }

        var added = await Add(caller, given with { Tags = tags }, evidence, new AddOptions(Key: key), ct);
        return added.Then(version => version.Version);
    }

    /// <summary>With evidence that the asker has gathered; the asker has made sure that the caller may use it.</summary>
    public async Task<Result<(ModelVersion Version, bool Known)>> Add(Caller caller, NewVersion given, Evidence evidence, AddOptions options, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        if ((CreateModel.Fault(given.Model, null) ?? Fault(given)) is { } fault) { return fault; }

        if (options.Once && await db.Read(tx => Same(tx, caller, given, evidence), ct) is { } known) { return (known, true); }

        if ((await db.Read<Result<ModelVersion?>>(tx => MadeUnder(tx, caller, given, options.Key), ct)).Fails(out var reused, out var made)) { return reused; }

        if (made is not null) { return (made, true); }

        var answer = await gate.Ask(caller, Actions.VersionRegister.Name, Model.SubjectOf(given.Model), AsEvidence(given, evidence), ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        return await db.Write<Result<(ModelVersion, bool)>>(tx =>
        {
            // Asked again in the transaction: two runs of one pipeline may come here together.
            if (options.Once && Same(tx, caller, given, evidence) is { } there) { return (there, true); }

            if (MadeUnder(tx, caller, given, options.Key).Fails(out var other, out var earlier)) { return other; }

            if (earlier is not null) { return (earlier, true); }

            if (ModelStore.FindBare(tx, caller.Workspace, given.Model) is not { } registered)
            {
                if (!options.CreateModel) { return Faults.NoModel(given.Model); }

                registered = CreateModel.Insert(tx, caller, given.Model, null, [], answer.Policy, live);
            }

            var now = tx.Clock.NowMs();
            var version = new ModelVersion(
                registered.Id, registered.Name, ModelStore.NextVersion(tx, registered.Id, now), default, given.Description, given.Source, given.RunId, given.RunLink, now, now, caller.Name)
            { Tags = given.Tags };
            VersionStore.Insert(tx, caller, version, evidence);
            if (options.Key is { } key) { tx.Keep(caller, Actions.VersionRegister.Name, key, version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)); }

            options.Within?.Invoke(tx, version);
            tx.Audit(caller, Actions.VersionRegister, version.Subject, after: evidence, policy: answer.Policy);
            tx.Publish(caller, new VersionRegistered(
                caller.Workspace, version.Model, version.Number, version.Source, evidence.ModelDigest, evidence.DataDigest, evidence.EvaluationDigest, evidence.RunId, evidence.PipelineRunId,
                evidence.Dataset, evidence.DatasetVersion, ModelStore.IsPrompt(tx, registered.Id)));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, version.Model)));
            return (version, false);
        }, ct);
    }

    private static ModelVersion? Same(ReadTx tx, Caller caller, NewVersion given, Evidence evidence) =>
        evidence.ModelDigest is { } model && ModelStore.FindBare(tx, caller.Workspace, given.Model) is { } registered
            ? VersionStore.FindSame(tx, caller.Workspace, registered.Id, model, evidence.EvaluationDigest, given.Source)
            : null;

    /// <summary>What the same request has made before; null when it is the first.</summary>
    private static Result<ModelVersion?> MadeUnder(ReadTx tx, Caller caller, NewVersion given, IdempotencyKey? key) =>
        key is null ? (ModelVersion?)null
        : tx.Made(caller, Actions.VersionRegister.Name, key).Fails(out var problem, out var number) ? problem
        : number is null ? (ModelVersion?)null
        : VersionStore.Find(tx, caller.Workspace, given.Model, long.Parse(number, System.Globalization.CultureInfo.InvariantCulture)) is { } made ? made
        : Faults.NoVersion(given.Model, long.Parse(number, System.Globalization.CultureInfo.InvariantCulture));

    private static Problem? Fault(NewVersion given) =>
        given.Description.Length > TextLimits.DescriptionChars ? Faults.TooLong("description", TextLimits.DescriptionChars)
        : given.RunLink.Length > TextLimits.RunLinkChars ? Faults.TooLong("run_link", TextLimits.RunLinkChars)
        : null;

    private static Dictionary<string, string> AsEvidence(NewVersion given, Evidence evidence)
    {
        var known = new Dictionary<string, string> { ["source"] = given.Source };
        foreach (var (name, digest) in evidence.Named()) { known[name] = digest; }

        return known;
    }
}

/// <summary>How a version is added.</summary>
/// <param name="CreateModel">Make the model when there is none of this name.</param>
/// <param name="Once">The same model file and evaluation again (or, without any, the same source) give the version that is there.</param>
/// <param name="Within">Runs in the same transaction, with the new version.</param>
/// <param name="Key">The same key again gives the version that was registered under it.</param>
internal sealed record AddOptions(bool CreateModel = false, bool Once = false, Action<WriteTx, ModelVersion>? Within = null, IdempotencyKey? Key = null);
