using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Tracking.Contracts;

namespace Slipway.Tracking.Imports;

/// <summary>Begins an import, or finds the open one from the same source: who was interrupted goes on.</summary>
internal sealed class StartImport(Db db)
{
    private const int MaxSourceChars = 400;
    private const int Shown = 100;

    public static void Map(RouteGroupBuilder imports)
    {
        imports.MapPost("", async (StartImportRequest body, Caller caller, StartImport handler, CancellationToken ct) => (await handler.Handle(caller, body.Source, ct)).ToHttp())
            .WithName(nameof(StartImport)).Needs(Permissions.Import).Produces<ImportView>().ProducesProblem(400);
        imports.MapGet("", async (Caller caller, StartImport handler, CancellationToken ct) => (await handler.List(caller, ct)).ToHttp())
            .WithName("ListImports").Needs(Permissions.Import).Produces<Page<ImportView>>();
        imports.MapGet("/{importId}", async (string importId, Caller caller, StartImport handler, CancellationToken ct) => (await handler.Get(caller, importId, ct)).ToHttp())
            .WithName("GetImport").Needs(Permissions.Import).Produces<ImportView>().ProducesProblem(404);
    }

    private async Task<Result<ImportView>> Handle(Caller caller, string source, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        if (source.Length is 0 or > MaxSourceChars) { return Problem.Invalid("source", $"A source has 1 to {MaxSourceChars} characters; this one has {source.Length}."); }

        return await db.Write<Result<ImportView>>(tx =>
        {
            if (ImportStore.OpenOf(tx, caller.Workspace, source) is { } open) { return open; }

            var import = new ImportView(Ids.New(tx.Clock), source, tx.Clock.NowMs(), caller.Name);
            ImportStore.Insert(tx, caller.Workspace, import);
            tx.Audit(caller, Actions.ImportStart, $"import/{import.ImportId}", after: import);
            return import;
        }, ct);
    }

    private async Task<Result<Page<ImportView>>> List(Caller caller, CancellationToken ct) => caller.Lacks(Permissions.Import) is { } denied
        ? denied
        : new Page<ImportView>(await db.Read(tx => ImportStore.Newest(tx, caller.Workspace, Shown), ct));

    private async Task<Result<ImportView>> Get(Caller caller, string importId, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Import) is { } denied) { return denied; }

        return await db.Read(tx => ImportStore.Find(tx, caller.Workspace, importId), ct) is { } import ? import : Problem.NotFound("import", importId);
    }
}
