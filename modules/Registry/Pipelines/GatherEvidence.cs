using System.Text.Json;
using Slipway.Datasets.Ports;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Ports;
using Slipway.Registry.Versions;
using Slipway.Tracking.Ports;
using Slipway.Training.Contracts;

namespace Slipway.Registry.Pipelines;

/// <summary>What a pipeline run knows of its model, by the digests of its steps' outputs.</summary>
internal sealed class GatherEvidence(IDatasets datasets, IRunRecords runs, IBlobStore blobs)
{
    private const string TrainingFile = "training.json";
    private const int MaxTrainingBytes = 16 * 1024 * 1024;

    private static readonly JsonSerializerOptions Lenient = new(WireJson.Options) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip };

    /// <returns>The evidence, and the source that a version of it names.</returns>
    public async Task<Result<(Evidence Evidence, string Source)>> Handle(StepContext context, CancellationToken ct)
    {
        var model = context.Inputs["model"];
        var run = await RunOf(context, model, ct);
        if (run.Fails(out var problem, out var record)) { return problem; }

        var data = context.Inputs.GetValueOrDefault("data")?.Digest;
        var dataset = await DatasetOf(context, context.Inputs.GetValueOrDefault("source")?.Digest ?? data, ct);
        var profile = data is null ? null : await ProfileOf(context, data, ct);
        var training = context.Inputs.GetValueOrDefault("training")?.Digest ?? model.Facts?.GetValueOrDefault("training") ?? record?.Files.FirstOrDefault(file => NameOf(file.Path) == TrainingFile)?.Digest;
        var file = record?.Files.FirstOrDefault(file => file.Digest == model.Digest);
        var evidence = new Evidence
        {
            ModelDigest = model.Digest,
            DataDigest = data,
            CodeDigest = context.DefinitionDigest,
            EnvironmentDigest = training is null ? null : await EnvironmentOf(training, ct),
            TrainingDigest = training,
            EvaluationDigest = context.Inputs.GetValueOrDefault("evaluation")?.Digest,
            SourceDigest = dataset?.Digest ?? context.Inputs.GetValueOrDefault("source")?.Digest,
            ContractDigest = dataset?.ContractDigest,
            ProfileDigest = profile ?? dataset?.ProfileDigest,
            Dataset = dataset?.Name,
            DatasetVersion = dataset?.Version,
            DatasetRows = dataset?.Rows,
            RunId = record?.RunId,
            Pipeline = context.Pipeline,
            PipelineRunId = context.PipelineRunId,
            Location = record is not null && file is not null ? $"{record.ArtifactUri}/{file.Path}" : null,
        };

        // A model that no run logged is found through the pipeline run alone.
        return (evidence, record is not null && file is not null ? $"runs:/{record.RunId}/{file.Path}" : $"pipeline:/{context.PipelineRunId}/{context.Step.Inputs["model"]}");
    }

    private async Task<Result<RunRecord?>> RunOf(StepContext context, StepValue model, CancellationToken ct)
    {
        if (model.Facts?.GetValueOrDefault("runId") is not { } runId) { return (RunRecord?)null; }

        return (await runs.Find(context.Caller, runId, "", ct)).Then(found => (RunRecord?)found);
    }

    private async Task<DatasetVersion?> DatasetOf(StepContext context, string? digest, CancellationToken ct)
    {
        if (digest is null) { return null; }

        if (!(await datasets.FindByDigest(context.Caller, digest, ct)).Fails(out var problem, out var dataset)) { return dataset; }

        context.Log($"The dataset behind {digest} is not named: {problem.Detail}");
        return null;
    }

    private async Task<string?> ProfileOf(StepContext context, string data, CancellationToken ct)
    {
        if (!(await datasets.Profile(context.Caller, data, ct)).Fails(out var problem, out var profile)) { return profile; }

        context.Log($"The training data has no profile: {problem.Detail}");
        return null;
    }

    // Libraries alone, as sorted JSON: two models of the same environment have the same digest.
    private async Task<string?> EnvironmentOf(string training, CancellationToken ct)
    {
        if (await blobs.Find(training, ct) is not { SizeBytes: <= MaxTrainingBytes }) { return null; }

        try
        {
            await using var content = await blobs.Open(training, ct);
            return AuditDigest.Of((await JsonSerializer.DeserializeAsync<TrainingReport>(content, Lenient, ct))?.Environment);
        }
        catch (JsonException)
        {
            // A program's own training record: what it ran on is not known from it.
            return null;
        }
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
