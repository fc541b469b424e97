using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Registry.Contracts;

namespace Slipway.Registry.Cards;

/// <summary>Everything that is known of one version, with its card.</summary>
internal sealed class GetVersion(ReadRecords records)
{
    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{name}/versions/{version}", async (string name, long version, Caller caller, GetVersion handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, version, ct)).ToHttp())
        .WithName("GetModelVersion").Needs(Permissions.ModelsRead)
        .Produces<ModelVersionView>().ProducesProblem(404);

    public async Task<Result<ModelVersionView>> Handle(Caller caller, string model, long number, CancellationToken ct) => (await records.Handle(caller, model, number, ct)).Then(View);

    public static ModelVersionView View(VersionRecords found)
    {
        var (version, evidence) = (found.Version, found.Evidence);
        return new ModelVersionView(
            version.Model, version.Number, version.CreatedMs, version.UpdatedMs, version.By, version.Stage, version.Aliases,
            version.Tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal), version.Source, evidence.Digests, found.Metrics, found.Fairness, found.Findings,
            CardWriter.Write(found), version.Description.Length == 0 ? null : version.Description,
            found.Run is { } run ? new VersionRun(run.RunId, run.ExperimentId, run.Name, run.Status) : null,
            evidence is { Pipeline: { } pipeline, PipelineRunId: { } pipelineRun } ? new VersionPipeline(pipeline, pipelineRun) : null,
            found.Signature, evidence.DataDigest is null ? null : new VersionData(evidence.Dataset, evidence.DatasetVersion, evidence.DatasetRows, evidence.ContractDigest, evidence.ProfileDigest));
    }
}
