using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Datasets.Contracts;
using Slipway.Kernel;

namespace Slipway.Datasets.Versions;

/// <summary>Who uses a dataset: the newest uses of its versions and of parts made from them.</summary>
internal sealed class ListUses(Db db)
{
    public static void Map(RouteGroupBuilder datasets) => datasets
        .MapGet("/{name}/uses", async (string name, int? limit, Caller caller, ListUses handler, CancellationToken ct) => (await handler.Handle(caller, name, limit, ct)).ToHttp())
        .WithName(nameof(ListUses)).Needs(Permissions.Read)
        .Produces<DatasetUseList>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<DatasetUseList>> Handle(Caller caller, string name, int? limit, CancellationToken ct)
    {
        if ((caller.Lacks(Permissions.Read) ?? ListDatasets.LimitFault(limit)) is { } refused) { return refused; }

        return await db.Read<Result<DatasetUseList>>(
            tx => DatasetStore.Find(tx, caller.Workspace, name) is null ? Problem.NotFound("dataset", name)
                : new DatasetUseList([.. UseStore.List(tx, caller.Workspace, name, limit ?? ListDatasets.DefaultRows).Where(use => MaySee(caller, use))]), ct);
    }

    // By a version as MODEL/NUMBER; names of models hold no slash.
    private static bool MaySee(Caller caller, DatasetUseView use) => use.Kind != "modelVersion" || caller.Open(ObjectRef.Model).Includes(use.Subject.Split('/')[0]);
}
