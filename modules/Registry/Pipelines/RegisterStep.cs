using System.Text.Json;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Ports;
using Slipway.Registry.Aliases;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Pipelines;

/// <summary>The step <c>register</c>: makes the model of a pipeline a version, with what the pipeline knows of it. The same model and evaluation again are the version that is there.</summary>
internal sealed class RegisterStep(Db db, RegisterVersion register, SetAlias aliases, GatherEvidence gather, IDatasets datasets, IBlobStore blobs) : IStepKind
{
    public const string Output = "version";

    public string Name => "register";

    public string Version { get; } = StepVersion.Of(typeof(RegisterStep));

    public StepShape Shape(StepDefinition step) => new(
        [
            new("model", [StepTypes.Model]), new("evaluation", [StepTypes.Evaluation], Required: false), new("data", [StepTypes.Dataset], Required: false),
            new("source", [StepTypes.Dataset], Required: false), new("training", [StepTypes.File], Required: false),
        ],
        new Dictionary<string, string> { [Output] = StepTypes.ModelVersion }, []);

    public IReadOnlyList<Fault> Check(StepDefinition step) => Read(step).Faults;

    public async Task<Result<StepOutcome>> Run(StepContext context, CancellationToken ct)
    {
        var (name, description, alias, faults) = Read(context.Step);
        if (faults.Count > 0) { return Problem.Invalid(faults); }

        if ((await gather.Handle(context, ct)).Fails(out var problem, out var gathered)) { return problem; }

        var (evidence, source) = gathered;
        var options = new AddOptions(CreateModel: true, Once: true, (tx, version) => NoteUse(tx, context.Caller, evidence, version));
        var given = new NewVersion(name, source, evidence.RunId ?? "", Description: description);
        if ((await register.Add(context.Caller, given, evidence, options, ct)).Fails(out problem, out var added)) { return problem; }

        var version = added.Version;
        context.Log(added.Known
            ? $"{version.Model} version {version.Number} has this model and this evaluation already; nothing was registered."
            : $"Registered {version.Model} version {version.Number}.");
        if (alias is not null)
        {
            if ((await aliases.Handle(context.Caller, version.Model, alias, version.Number, ct)).Fails(out problem, out _)) { return problem; }

            context.Log($"{alias} stands for version {version.Number}.");
        }

        return await Outcome(version, evidence, added.Known, ct);
    }

    public async Task<string?> Gone(string workspace, IReadOnlyDictionary<string, StepValue> outputs, CancellationToken ct)
    {
        var facts = outputs[Output].Facts!;
        var version = long.Parse(facts["version"], System.Globalization.CultureInfo.InvariantCulture);
        return await db.Read(tx => VersionStore.IdentityOf(tx, workspace, facts["model"], version), ct) is null ? $"{facts["model"]} version {facts["version"]}" : null;
    }

    private static (string Name, string Description, string? Alias, IReadOnlyList<Fault> Faults) Read(StepDefinition step)
    {
        var settings = step.Settings();
        var (name, description, alias) = (settings.Text("name", required: true), settings.Text("description", maxChars: TextLimits.DescriptionChars), settings.Text("alias"));
        if (name is not null && ModelNames.Fault(name) is { } wrongName) { settings.Fault("name", wrongName.Detail); }

        if (alias is not null && AliasRules.Fault(alias) is { } wrongAlias) { settings.Fault("alias", wrongAlias.Detail); }

        return (name ?? "", description ?? "", alias, settings.End());
    }

    private void NoteUse(WriteTx tx, Caller caller, Evidence evidence, ModelVersion version)
    {
        var title = $"{version.Model} version {version.Number}";
        foreach (var digest in new[] { evidence.DataDigest, evidence.SourceDigest }.OfType<string>().Distinct())
        {
            datasets.NoteUse(tx, caller, digest, "modelVersion", $"{version.Model}/{version.Number}", title);
        }
    }

    private async Task<Result<StepOutcome>> Outcome(ModelVersion version, Evidence evidence, bool known, CancellationToken ct)
    {
        var record = new RegisteredVersion(version.Model, version.Number, evidence.Digests);
        var blob = await blobs.Put(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, WireJson.Options)), ct);
        var number = version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var facts = new Dictionary<string, string> { ["model"] = version.Model, ["version"] = number };
        return new StepOutcome(
            new Dictionary<string, StepValue> { [Output] = new(StepTypes.ModelVersion, blob.Digest, $"{version.Model} version {number}", facts) },
            new Dictionary<string, string> { ["model"] = version.Model, ["version"] = known ? $"{number}, as before" : number });
    }
}
