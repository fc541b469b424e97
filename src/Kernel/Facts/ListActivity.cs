using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel.Contracts;

namespace Slipway.Kernel;

/// <summary>What happened in a workspace, newest first.</summary>
public static class ListActivity
{
    public static readonly Permission Read = new("activity.read", "See what happened in a workspace.", Permission.Everyone);

    public static void Map(IEndpointRouteBuilder routes) => routes.WorkspaceGroup("/activity")
        .MapGet("", async (string? cursor, int? limit, Caller caller, Db db, CancellationToken ct) => (await Handle(caller, cursor, limit, db, ct)).ToHttp())
        .Needs(Read).WithName(nameof(ListActivity)).WithSummary("What happened in the workspace, newest first.")
        .Produces<Page<ActivityView>>().ProducesProblem(400);

    private static async Task<Result<Page<ActivityView>>> Handle(Caller caller, string? cursor, int? limit, Db db, CancellationToken ct)
    {
        if (caller.Lacks(Read) is { } denied) { return denied; }

        if (!long.TryParse(cursor ?? $"{long.MaxValue}", NumberStyles.None, CultureInfo.InvariantCulture, out var before))
        {
            return Problem.Invalid("cursor", $"The cursor '{cursor}' is not one that this list gave; leave it out for the first page.");
        }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"The limit {limit} is not between 1 and {Limits.PageRows}."); }

        var rows = await db.Read(tx => FactLog.Before(tx, caller.Workspace, before, (limit ?? 50) + 1), ct);
        var shown = rows.Take(limit ?? 50).ToList();
        var page = shown.Select(fact => new ActivityView(
            fact.Position, fact.Kind, fact.AtMs, fact.Subject, fact.Actor, JsonDocument.Parse(fact.Body).RootElement)).Where(fact => MaySee(caller, fact)).ToList();
        return new Page<ActivityView>(page, rows.Count > shown.Count ? shown[^1].Position.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Facts name the experiment or the model that they are about, in their subject or in a field.</summary>
    private static bool MaySee(Caller caller, ActivityView fact) => caller.MayHearOf(
        caller.Workspace, fact.Subject.Split('/').ElementAtOrDefault(1), Text(fact.Detail, "experimentId"), Text(fact.Detail, "fromExperimentId"), Text(fact.Detail, "model"), Text(fact.Detail, "previous"));

    private static string? Text(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
