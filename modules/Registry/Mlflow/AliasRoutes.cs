using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Mlflow;
using Slipway.Registry.Aliases;
using Slipway.Registry.Versions;

namespace Slipway.Registry.Mlflow;

/// <summary>Aliases at the MLflow edge.</summary>
internal sealed class AliasRoutes(SetAlias set, DeleteAlias delete, FindVersions find)
{
    private const string At = "/mlflow/registered-models/alias";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMlflow("POST", At, Permissions.AliasesWrite, (context, caller, ct) => Named(context, async (name, alias, input) =>
        {
            var text = input.Required("version");
            if (input.Problem is { } fault) { return fault; }

            return VersionRoutes.Number(text).Fails(out var problem, out var number) ? problem : await MlflowJson.Empty(context, await set.Handle(caller, name, alias, number, ct));
        }, ct));
        routes.MapMlflow("DELETE", At, Permissions.AliasesWrite, (context, caller, ct) => Named(
            context, async (name, alias, _) => await MlflowJson.Empty(context, await delete.Handle(caller, name, alias, ct)), ct));
        routes.MapMlflow("GET", At, Permissions.ModelsRead, (context, caller, ct) => Named(
            context, async (name, alias, _) => await VersionRoutes.Answer(context, await find.ByAlias(caller, name, alias, ct)), ct));
    }

    private static Task<Problem?> Named(HttpContext context, Func<string, string, MlflowInput, Task<Problem?>> handle, CancellationToken ct) =>
        ModelRoutes.Named(context, async (name, input) =>
        {
            var alias = input.Required("alias");
            return input.Problem ?? await handle(name, alias, input);
        }, ct);
}
