using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Ports;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Imports;

/// <summary>
/// Takes registered models of another server over: versions keep their numbers and times, and get the digests of those files that are here. What is here stays as it is. The gate is asked
/// for each version as if it were registered, for its stage and for each alias as if they were set.
/// </summary>
internal sealed class ImportModels(Db db, IGate gate, ResolveSource resolve, VersionOrigins origins, LiveHub live)
{
    private const long MostVersion = 1_000_000_000;

    public static void Map(RouteGroupBuilder imports) => imports
        .MapPost("", async (ImportModelsRequest body, Caller caller, ImportModels handler, CancellationToken ct) => (await handler.Handle(caller, body.Models, ct)).ToHttp())
        .WithName(nameof(ImportModels)).Needs(Permissions.Import)
        .Produces<List<ImportedModelView>>().ProducesProblem(400);

    public async Task<Result<List<ImportedModelView>>> Handle(Caller caller, IReadOnlyList<ImportedModel> models, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        var rows = models.Sum(model => 1 + model.Versions.Count);
        if (rows > Limits.ImportRuns) { return Problem.Invalid("models", $"{rows} models and versions were sent; at most {Limits.ImportRuns} go together."); }

        if (models.FirstOrDefault(model => model.LastVersion > MostVersion || model.Versions.Any(version => version.Version > MostVersion)) is { } vast)
        {
            var most = vast.Versions.Select(version => version.Version).Append(vast.LastVersion).Max();
            return Problem.Invalid("models", $"A version's number is at most {MostVersion}; '{vast.Name}' has {most}.");
        }

        var answers = new List<ImportedModelView>(models.Count);
        foreach (var model in models) { answers.Add(await One(caller, model, ct)); }

        return answers;
    }

    private async Task<ImportedModelView> One(Caller caller, ImportedModel given, CancellationToken ct)
    {
        var skipped = new Dictionary<string, string>(StringComparer.Ordinal);
        if ((CreateModel.Fault(given.Name, given.Description) ?? Tags.Check([.. given.Tags]).Problem) is { } fault)
        {
            return new ImportedModelView(given.Name, false, [], [], new Dictionary<string, string> { ["model"] = fault.Detail }, [], []);
        }

        var ready = new List<ReadyVersion>();
        var policy = "";
        foreach (var version in given.Versions.OrderBy(version => version.Version))
        {
            var evidence = await EvidenceOf(caller, version, ct);
            var answer = await gate.Ask(caller, Actions.VersionRegister.Name, Model.SubjectOf(given.Name), new Dictionary<string, string>(evidence.Named()) { ["source"] = version.Source }, ct);
            policy = answer.Policy;
            if ((answer.Refusal ?? Fault(version)) is { } refusal)
            {
                skipped[Text(version.Version)] = refusal.Detail;
                continue;
            }

            var unstaged = version.Stage == ModelStage.None ? null : await StageRefusal(caller, given.Name, version, ct);
            ready.Add(new ReadyVersion(unstaged is null ? version : version with { Stage = ModelStage.None }, evidence, unstaged?.Detail));
        }

        var asked = await ImportedAliases.Ask(db, gate, caller, given, ready, ct);
        return await db.Write(tx => Store(tx, caller, given, ready, asked, new Dictionary<string, string>(skipped), policy), ct);
    }

    private async Task<Problem?> StageRefusal(Caller caller, string model, ImportedVersion version, CancellationToken ct) =>
        (await gate.Ask(caller, Actions.StageChange.Name, ModelVersion.SubjectOf(model, version.Version), new Dictionary<string, string> { ["stage"] = version.Stage.ToString() }, ct)).Refusal;

    private ImportedModelView Store(
        WriteTx tx, Caller caller, ImportedModel given, List<ReadyVersion> ready, IReadOnlyDictionary<string, string?> asked, Dictionary<string, string> skipped, string policy)
    {
        var there = ModelStore.HolderOf(tx, caller.Workspace, given.Name);
        var model = there ?? new Model(Ids.New(tx.Clock), given.Name, given.Description, 0, given.CreatedMs, given.UpdatedMs, caller.Name) { Tags = [.. given.Tags] };
        if (there is null)
        {
            ModelStore.Insert(tx, caller, model);
            tx.Publish(caller, new ModelRegistered(caller.Workspace, given.Name, Tags.MarkPrompt(model.Tags)));
        }

        var prompt = ModelStore.IsPrompt(tx, model.Id);
        var known = ImportedVersions.Sources(tx, model.Id, [.. ready.Select(one => one.Given.Version)]);
        var (added, present, unverified) = (new List<long>(), new List<long>(), new List<long>());
        foreach (var (version, evidence, unstaged) in ready)
        {
            if (known.TryGetValue(version.Version, out var source))
            {
                if (source == version.Source) { present.Add(version.Version); }
                else { skipped[Text(version.Version)] = $"Version {version.Version} is here already, from another source ({source})."; }

                continue;
            }

            if (ImportedVersions.Insert(tx, caller, model, version, evidence, origins) is { } changed)
            {
                skipped[Text(version.Version)] = changed.Detail;
                continue;
            }

            added.Add(version.Version);
            if (unstaged is not null) { skipped[$"{version.Version}/stage"] = unstaged; }

            if (evidence.ModelDigest is null) { unverified.Add(version.Version); }

            tx.Publish(caller, new VersionRegistered(
                caller.Workspace, given.Name, version.Version, version.Source, evidence.ModelDigest, evidence.DataDigest, evidence.EvaluationDigest, evidence.RunId, evidence.PipelineRunId,
                Prompt: prompt));
        }

        ImportedVersions.Raise(tx, model.Id, Math.Max(given.LastVersion, ready.Select(one => one.Given.Version).DefaultIfEmpty(0).Max()));
        var set = ImportedAliases.Set(tx, caller, model, given.Aliases, asked, skipped);
        var view = new ImportedModelView(given.Name, there is null, added, present, skipped, unverified, set);
        if (there is null || added.Count + set.Count > 0) { tx.Audit(caller, Actions.ModelImport, model.Subject, there is null ? null : there.ToView(default), view, policy: policy); }

        tx.AfterCommit(() => live.Send(new LiveChange("model", caller.Workspace, given.Name)));
        return view;
    }

    /// <summary>What is known here of a version's files: nothing when they are elsewhere.</summary>
    private async Task<Evidence> EvidenceOf(Caller caller, ImportedVersion version, CancellationToken ct)
    {
        if (SourceText.Parse(version.Source).Fails(out _, out var source)) { return new Evidence { RunId = version.RunId }; }

        return (await resolve.Handle(caller, source, version.RunId ?? "", ct)).Fails(out _, out var evidence) ? new Evidence { RunId = version.RunId } : evidence;
    }

    private static Problem? Fault(ImportedVersion version) =>
        version.Version < 1 ? Problem.Invalid("version", $"A version's number is 1 or more; it is {version.Version}.")
        : version.Source.Length > TextLimits.SourceChars ? Faults.TooLong("source", TextLimits.SourceChars)
        : version.Description?.Length > TextLimits.DescriptionChars ? Faults.TooLong("description", TextLimits.DescriptionChars)
        : version.RunLink?.Length > TextLimits.RunLinkChars ? Faults.TooLong("run_link", TextLimits.RunLinkChars)
        : Tags.Check([.. version.Tags]).Problem;

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);
}
