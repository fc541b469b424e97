using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;
using Slipway.Tracking.Ports;

namespace Slipway.Registry.Versions;

/// <summary>What is to be registered.</summary>
/// <param name="RunId">As the client said; may be empty.</param>
/// <param name="LoggedModelId">The logged model that the client named; empty = the one that the source is, if any.</param>
internal sealed record NewVersion(string Model, string Source, string RunId = "", string RunLink = "", string Description = "", string LoggedModelId = "")
{
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>Registers the next version of a model, with what is known of it now.</summary>
internal sealed class RegisterVersion(Db db, IGate gate, LiveHub live, ResolveSource resolve, CreateModel create, VersionOrigins origins, ILoggedModels logged)
{
    /// <summary>From a source that is looked at first.</summary>
    public async Task<Result<ModelVersion>> Handle(Caller caller, NewVersion given, IdempotencyKey? key, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsWrite) is { } denied) { return denied; }

        if (Fault(given) is { } fault) { return fault; }

        if (Tags.Check(given.Tags).Fails(out var tagFault, out var tags)) { return tagFault; }

        var evidence = Tags.MarkPrompt(tags) ? await OfPrompt(caller, given, ct) : await OfModel(caller, given, ct);
        if (evidence.Fails(out var problem, out var known)) { return problem; }

        var added = await Add(caller, given with { Tags = tags }, known.Evidence, known.Options with { Key = key }, ct);
        return added.Then(version => version.Version);
    }

    // What is known, and what was seen on the way.
    private async Task<Result<(Evidence Evidence, AddOptions Options)>> OfModel(Caller caller, NewVersion given, CancellationToken ct)
    {
        if (SourceText.Parse(given.Source).Fails(out var fault, out var source)) { return fault; }

        if (source.LoggedModel is { } named && given.LoggedModelId.Length > 0 && named != given.LoggedModelId)
        {
            return Problem.Invalid("model_id", $"'model_id' is '{given.LoggedModelId}', and the source is the logged model '{named}'; leave one of them out.");
        }

        // Nothing to look at; whether the model is there is seen afterwards.
        if (source.IsElsewhere && given.RunId.Length == 0) { return (new Evidence(), new AddOptions()); }

        // Said before a missing version is: who names an unknown model wants to hear of that.
        GateAnswer? answer = null;
        Problem? Unknown(ReadTx tx)
        {
            answer = gate.AskOfAction(tx, caller, Actions.VersionRegister.Name);
            return ModelStore.FindBare(tx, caller, Permissions.ModelsWrite, given.Model).Problem;
        }

        return (await resolve.Handle(caller, source, given.RunId, ct, Unknown)).Then(evidence => (evidence, new AddOptions(Seen: true, Answer: answer)));
    }

    // The text of a prompt is a tag: there are no files to look at.
    private async Task<Result<(Evidence Evidence, AddOptions Options)>> OfPrompt(Caller caller, NewVersion given, CancellationToken ct)
    {
        if (SourceText.PromptFault(given.Source) is { } fault) { return fault; }

        return (await db.Read(tx => ModelStore.Find(tx, caller, Permissions.ModelsWrite, given.Model), ct)).Fails(out var noModel, out var model) ? noModel
            : !Tags.MarkPrompt(model.Tags) ? Problem.Conflict(
                MlflowFaults.AlreadyExists, $"Tried to create a version of the prompt '{model.Name}', but the name is taken by a registered model. Choose another name for the prompt.")
            : (new Evidence(), new AddOptions(Seen: true));
    }

    /// <summary>With evidence that the asker has gathered; the asker has made sure that the caller may use it.</summary>
    public async Task<Result<(ModelVersion Version, bool Known)>> Add(Caller caller, NewVersion given, Evidence evidence, AddOptions options, CancellationToken ct)
    {
        // The maker of a model may write it: a permission to make models is enough to begin.
        if ((options.CreateModel && caller.Lacks(Permissions.ModelsCreate) is null ? null : caller.Lacks(Permissions.ModelsWrite)) is { } denied) { return denied; }

        if ((ModelNames.Fault(given.Model) ?? Fault(given)) is { } fault) { return fault; }

        var answer = options.Answer;
        if (!options.Seen)
        {
            (var refused, answer) = await db.Read(tx => (Known(tx, caller, given.Model), gate.AskOfAction(tx, caller, Actions.VersionRegister.Name)), ct);
            if (refused is not null) { return refused; }
        }

        if (options.Once && await db.Read(tx => Same(tx, caller, given, evidence), ct) is { } known) { return (known, true); }

        if (options.Key is not null)
        {
            if ((await db.Read<Result<ModelVersion?>>(tx => MadeUnder(tx, caller, given, options.Key), ct)).Fails(out var reused, out var made)) { return reused; }

            if (made is not null) { return (made, true); }
        }

        answer ??= await gate.Ask(caller, Actions.VersionRegister.Name, Model.SubjectOf(given.Model), AsEvidence(given, evidence), ct);
        if (answer.Refusal is { } refusal) { return refusal; }

        return await db.Write<Result<(ModelVersion, bool)>>($"{caller.Workspace}/{Model.SubjectOf(given.Model)}", tx =>
        {
            // Asked again in the transaction: two runs of one pipeline may come here together.
            if (options.Once && Same(tx, caller, given, evidence) is { } there) { return (there, true); }

            if (MadeUnder(tx, caller, given, options.Key).Fails(out var other, out var earlier)) { return other; }

            if (earlier is not null) { return (earlier, true); }

            var now = tx.Clock.NowMs();
            if (Take(tx, caller, given.Model, options.CreateModel, answer.Policy, now).Fails(out var missing, out var taken)) { return missing; }

            var version = new ModelVersion(taken.ModelId, given.Model, taken.Number, default, given.Description, given.Source, given.RunId, given.RunLink, now, now, caller.Name)
            { Tags = given.Tags, LoggedModelId = given.LoggedModelId.Length > 0 ? given.LoggedModelId : evidence.LoggedModelId };
            if (origins.Note(tx, caller.Workspace, version, evidence) is { } changed) { return changed; }

            VersionStore.Insert(tx, caller, version, evidence);
            if (options.Key is { } key) { tx.Keep(caller, Actions.VersionRegister.Name, key, version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)); }

            // One that the client did not name was found with the source, or stands behind a version whose readers need not see it.
            if (version.LoggedModelId is { } logs && logged.NoteRegistration(tx, caller, logs, version.Model, version.Number) is { } unseen && given.LoggedModelId.Length > 0) { return unseen; }

            options.Within?.Invoke(tx, version);
            tx.Audit(caller, Actions.VersionRegister, version.Subject, after: evidence, policy: answer.Policy);
            tx.Publish(caller, new VersionRegistered(
                caller.Workspace, version.Model, version.Number, version.Source, evidence.ModelDigest, evidence.DataDigest, evidence.EvaluationDigest, evidence.RunId, evidence.PipelineRunId,
                evidence.Dataset, evidence.DatasetVersion, taken.Prompt));
            tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, version.Model)));
            return (version, false);
        }, ct);
    }

    /// <summary>The model and the number of its next version, in one statement where the model must be there.</summary>
    private Result<NextVersion> Take(WriteTx tx, Caller caller, string model, bool orMake, string policy, long nowMs)
    {
        if (!caller.May(Permissions.ModelsWrite, model) && !orMake) { return caller.Refusal(Permissions.ModelsWrite, model, Faults.NoModel(model)); }

        if (!orMake) { return ModelStore.Next(tx, caller.Workspace, model, nowMs) is { } next ? next : Faults.NoModel(model); }

        // Read, made and changed by its key, in this order: PostgreSQL takes two who make it at once for a conflict to try again, and not for a name that is taken.
        if (ModelStore.FindBare(tx, caller, Permissions.ModelsWrite, model).Fails(out var missing, out var registered))
        {
            if (missing is not { Status: 404, Hidden: false }) { return missing; }

            if (caller.Lacks(Permissions.ModelsCreate) is { } noMaker) { return noMaker; }

            if (create.Insert(tx, caller, model, null, [], policy).Fails(out var refused, out registered)) { return refused; }
        }

        return ModelStore.Next(tx, registered.Id, nowMs);
    }

    private static ModelVersion? Same(ReadTx tx, Caller caller, NewVersion given, Evidence evidence) =>
        evidence.ModelDigest is { } model && ModelStore.FindBare(tx, caller, Permissions.ModelsWrite, given.Model) is { Problem: null, Value: var registered }
            ? VersionStore.FindSame(tx, caller.Workspace, registered.Id, model, evidence.EvaluationDigest, given.Source)
            : null;

    /// <summary>What the same request has made before; null when it is the first.</summary>
    private static Result<ModelVersion?> MadeUnder(ReadTx tx, Caller caller, NewVersion given, IdempotencyKey? key) =>
        key is null ? (ModelVersion?)null
        : tx.Made(caller, Actions.VersionRegister.Name, key).Fails(out var problem, out var number) ? problem
        : number is null ? (ModelVersion?)null
        : VersionStore.Find(tx, caller, Permissions.ModelsWrite, given.Model, long.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).Then(made => (ModelVersion?)made);

    /// <summary>The refusal when there is a model of the name that the caller may not write; null when there is none, or they may.</summary>
    private static Problem? Known(ReadTx tx, Caller caller, string model) =>
        ModelStore.FindBare(tx, caller, Permissions.ModelsWrite, model).Problem is { } problem && problem is not { Status: 404, Hidden: false } ? problem : null;

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
/// <param name="Seen">The asker has seen that there is a model of the name which the caller may write.</param>
/// <param name="Answer">Of the gate, where it has said it already; null = it is asked.</param>
internal sealed record AddOptions(
    bool CreateModel = false, bool Once = false, Action<WriteTx, ModelVersion>? Within = null, IdempotencyKey? Key = null, bool Seen = false, GateAnswer? Answer = null);
