using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.Kernel;
using Slipway.Kernel.Contracts;
using Slipway.Serving.Contracts;
using Slipway.Serving.Endpoints;
using Slipway.Serving.Log;
using Slipway.Serving.Ports;

namespace Slipway.Serving.Predict;

/// <summary>The newest predictions of an endpoint, newest first.</summary>
internal sealed class ListPredictions(Db db, PredictionLog log)
{
    private const int DefaultLimit = 50;

    public static void Map(RouteGroupBuilder endpoints) => endpoints
        .MapGet("/{name}/predictions", async (string name, long? after, string? cursor, int? limit, Caller caller, ListPredictions handler, CancellationToken ct) =>
            (await handler.Handle(caller, name, after ?? 0, cursor, limit ?? DefaultLimit, ct)).ToHttp())
        .WithName(nameof(ListPredictions)).Needs(Permissions.PredictionsRead)
        .Produces<Page<PredictionView>>().ProducesProblem(400).ProducesProblem(404);

    /// <param name="after">Only those with a greater position.</param>
    /// <param name="cursor">Only those below this position; null = from the newest.</param>
    public async Task<Result<Page<PredictionView>>> Handle(Caller caller, string name, long after, string? cursor, int limit, CancellationToken ct)
    {
        if (caller.Lacks(Permissions.PredictionsRead) is { } denied) { return denied; }

        if (limit is < 1 or > Limits.PageRows) { return Problem.Invalid("limit", $"'limit' is {limit}; it must lie between 1 and {Limits.PageRows}."); }

        var before = 0L;
        if (cursor is not null && (!long.TryParse(cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out before) || before < 1))
        {
            return Problem.Invalid("cursor", "'cursor' is none that a page gave; begin with the first page.");
        }

        if (await db.Read(tx => EndpointStore.Find(tx, caller, name), ct) is null) { return EndpointFaults.NotFound(name); }

        var newest = await log.Latest(caller.Workspace, name, before, limit, ct);
        var shown = newest.TakeWhile(prediction => prediction.Position > after).Select(View).ToList();
        return new Page<PredictionView>(shown, shown.Count == limit ? shown[^1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private static PredictionView View(Prediction prediction)
    {
        var inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var field in prediction.Schema.Fields)
        {
            if (field.IsNumber && double.IsFinite(prediction.Numbers[field.Index])) { inputs[field.Name] = JsonSerializer.SerializeToElement(prediction.Numbers[field.Index], WireJson.Options); }
            else if (!field.IsNumber && prediction.Texts[field.Index] is { } text) { inputs[field.Name] = JsonSerializer.SerializeToElement(text, WireJson.Options); }
        }

        return new PredictionView(
            prediction.PredictionId, prediction.Position, prediction.AtMs, prediction.Version, ViewEndpoints.Wire(prediction.Role), inputs, prediction.Unit, prediction.Score, prediction.Decision);
    }
}
