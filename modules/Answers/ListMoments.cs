using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Answers.AsOf;
using Slipway.Answers.Contracts;
using Slipway.Answers.Fold;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;

namespace Slipway.Answers;

/// <summary>The moments at which something changed that the answers about a model may speak of, newest first.</summary>
internal sealed class ListMoments(Db db)
{
    private const int DefaultLimit = 100;

    public static void Map(RouteGroupBuilder models) => models
        .MapGet("/{name}/moments", async (string name, string? cursor, int? limit, Caller caller, ListMoments handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, cursor, limit, ct)).ToHttp())
        .WithName(nameof(ListMoments)).Needs(Permissions.Read).WithSummary("The moments at which something about a model changed, newest first.")
        .Produces<Page<MomentView>>().ProducesProblem(400).ProducesProblem(404);

    public async Task<Result<Page<MomentView>>> Handle(Caller caller, string name, string? cursor, int? limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.Read) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        if (!long.TryParse(cursor ?? $"{long.MaxValue}", NumberStyles.None, CultureInfo.InvariantCulture, out var before))
        {
            return Problem.Invalid("cursor", $"The cursor '{cursor}' is not one that this list gave; leave it out for the first page.");
        }

        var size = limit ?? DefaultLimit;
        return await db.Read<Result<Page<MomentView>>>(tx =>
        {
            if (!caller.Open(ObjectRef.Model).Includes(name) || IntervalStore.ModelNamed(tx, caller.Workspace, name) is not { } model) { return Problem.NotFound("model", name); }

            var rows = MomentStore.Before(tx, caller.Workspace, name, model, before, size + 1);
            return new Page<MomentView>([.. rows.Take(size)], rows.Count > size ? rows[size - 1].Position.ToString(CultureInfo.InvariantCulture) : null);
        }, ct);
    }
}
