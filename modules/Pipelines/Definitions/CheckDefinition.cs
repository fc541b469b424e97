using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Pipelines.Contracts;

namespace Slipway.Pipelines.Definitions;

/// <summary>Reads a definition without running it: every fault, or the graph and the files that must come along.</summary>
internal sealed class CheckDefinition(DefinitionReader definitions)
{
    public static void Map(RouteGroupBuilder pipelines) => pipelines
        .MapPost("/check", (CheckPipelineRequest body, Caller caller, CheckDefinition handler) => handler.Handle(caller, body.Definition).ToHttp())
        .Needs(Permissions.RunsWrite).WithName("CheckPipeline").WithSummary("Reads a definition without running it: every fault, or the graph and the files that must come along.")
        .Produces<PipelineCheckView>().ProducesProblem(400);

    public Result<PipelineCheckView> Handle(Caller caller, string definition)
    {
        if (caller.Lacks(Permissions.RunsWrite) is { } denied) { return denied; }

        if (DefinitionReader.TooLong(definition) is { } tooLong) { return tooLong; }

        var faults = new List<PipelineFaultView>();
        var graph = definitions.Read(definition, faults)?.ToGraph();
        return new PipelineCheckView([.. faults.OrderBy(fault => fault.Line ?? 0)], graph);
    }
}
