using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Live;

namespace Slipway.Serving.Predict;

/// <summary>What was refused lately under an endpoint by the process that is asked; the reasons quote inputs, so they are for those who may see predictions.</summary>
internal sealed class ListRefusals(LiveEndpoints live)
{
    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapGet("/{name}/refusals", (string name, Caller caller, ListRefusals handler) => handler.Handle(caller, name).ToHttp())
        .WithName(nameof(ListRefusals)).Needs(Permissions.PredictionsRead).WithSummary("The newest requests that the process asked did not answer, each with the reason, newest first.")
        .Produces<Page<RefusalView>>().ProducesProblem(404);

    public Result<Page<RefusalView>> Handle(Caller caller, string name)
    {
        if (caller.Lacks(Permissions.PredictionsRead) is { } denied) { return denied; }

        return live.Find(caller, name) is { } endpoint ? new Page<RefusalView>(endpoint.Counts.Refusals.Newest(), null) : EndpointFaults.NotFound(name);
    }
}
