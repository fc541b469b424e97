using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Registry.Contracts;
using Slipway.Registry.Models;
using Slipway.Registry.Versions;
using Slipway.Tracking.Ports;
using Slipway.Training.Contracts;
using YamlDotNet.Core;

namespace Slipway.Registry.Cards;

/// <summary>Reads what is behind a version. A record that is gone, too large or of another form does not stop the rest: it becomes a finding.</summary>
internal sealed class ReadRecords(Db db, IBlobStore blobs, IRunRecords runs, ILoggedModels models)
{
    private const int MaxRecordBytes = 16 * 1024 * 1024;

    // A record of another release may have more fields than this one knows.
    private static readonly JsonSerializerOptions Lenient = new(WireJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, AllowDuplicateProperties = true };

    public async Task<Result<VersionRecords>> Handle(Caller caller, string model, long number, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.ModelsRead) is { } denied) { return denied; }

        var found = await db.Read<Result<VersionRecords>>(
            tx => ModelStore.FindBare(tx, caller, Permissions.ModelsRead, model).Fails(out var missing, out var registered) ? missing
                : VersionStore.Find(tx, caller, Permissions.ModelsRead, model, number).Fails(out missing, out var version) ? missing
                : new VersionRecords(version, VersionStore.EvidenceOf(tx, version.ModelId, number)) { ModelDescription = registered.Description }, ct);
        if (found.Fails(out var problem, out var bare)) { return problem; }

        var (evidence, unreadable) = (bare.Evidence, new List<VersionFinding>());
        var run = evidence.RunId is { } runId && !(await runs.Find(caller, runId, "", ct)).Fails(out _, out var record) ? record : null;
        var logged = bare.Version.LoggedModelId is { } modelId && !(await models.Find(caller, modelId, "", ct)).Fails(out _, out var its) ? its : null;
        return bare with
        {
            Run = run,
            Logged = logged,
            Training = await Read(evidence.TrainingDigest, "training", bytes => JsonSerializer.Deserialize<TrainingReport>(bytes, Lenient), unreadable, ct),
            Evaluation = await Read(evidence.EvaluationDigest, "evaluation", bytes => JsonSerializer.Deserialize<EvaluationReport>(bytes, Lenient), unreadable, ct),
            Mlmodel = await Read(evidence.MlmodelDigest, "MLmodel", bytes => MlmodelText.Parse(System.Text.Encoding.UTF8.GetString(bytes)), unreadable, ct),
            Contract = await Read(evidence.ContractDigest, "contract", bytes => ContractText.Parse(System.Text.Encoding.UTF8.GetString(bytes)), unreadable, ct),
            Profile = await Read(evidence.ProfileDigest, "profile", bytes => ColumnProfile.Parse(JsonElement.Parse(bytes)), unreadable, ct),
            Unreadable = unreadable,
        };
    }

    private async Task<T?> Read<T>(string? digest, string name, Func<byte[], T?> parse, List<VersionFinding> unreadable, CancellationToken ct)
        where T : class
    {
        if (digest is null) { return null; }

        try
        {
            if (await blobs.Find(digest, ct) is not { } blob) { throw new JsonException("its blob is not there"); }

            if (blob.SizeBytes > MaxRecordBytes) { throw new JsonException($"it has {blob.SizeBytes:#,0} bytes, and at most {MaxRecordBytes:#,0} are read"); }

            using var bytes = new MemoryStream();
            await blobs.CopyTo(digest, null, bytes, ct);
            return parse(bytes.ToArray());
        }
        catch (Exception error) when (error is JsonException or YamlException or BlobMissingException or BlobCorruptException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            unreadable.Add(new VersionFinding("unreadable_record", $"The record '{name}' ({digest}) cannot be read: {error.Message}", name, "warning"));
            return null;
        }
    }
}
