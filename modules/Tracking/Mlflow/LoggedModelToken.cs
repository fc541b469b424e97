using System.Text.Json;
using Slipway.Kernel;
using Slipway.Tracking.LoggedModels;

namespace Slipway.Tracking.Mlflow;

/// <summary>Where the next page of a search of logged models begins, and which search that was: a token of another search is refused, as in MLflow.</summary>
internal sealed record LoggedModelToken(IReadOnlyList<string> ExperimentIds, string Filter, IReadOnlyList<LoggedModelToken.OrderBy> Orders, IReadOnlyList<NamedDataset> Datasets, string? After = null)
{
    private const int MaxChars = 200_000;

    public override string ToString() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));

    /// <summary>The model after which the token's page begins, when it was made for this search; null = the first page.</summary>
    /// <param name="token">Null or empty = the first page.</param>
    public Result<string?> AfterOf(string? token)
    {
        if (string.IsNullOrEmpty(token)) { return (string?)null; }

        if (Parse(token) is not { } found) { return Invalid("Invalid page token, it was not made by this server; begin with the first page."); }

        return !found.ExperimentIds.SequenceEqual(ExperimentIds) ? Mismatch("Experiment IDs", "experiment IDs", Shown(ExperimentIds), Shown(found.ExperimentIds))
            : found.Filter != Filter ? Mismatch("Filter string", "filter string", Filter, found.Filter)
            : !found.Orders.SequenceEqual(Orders) ? Mismatch("Order by", "order by", Shown(Orders.Select(order => order.FieldName)), Shown(found.Orders.Select(order => order.FieldName)))
            : !found.Datasets.SequenceEqual(Datasets) ? Mismatch("Datasets", "datasets", Shown(Datasets.Select(dataset => dataset.Name)), Shown(found.Datasets.Select(dataset => dataset.Name)))
            : found.After;
    }

    private static LoggedModelToken? Parse(string token)
    {
        var bytes = new byte[Math.Min(token.Length, MaxChars)];
        if (token.Length > MaxChars || !Convert.TryFromBase64String(token, bytes, out var length)) { return null; }

        try
        {
            return JsonSerializer.Deserialize<LoggedModelToken>(bytes.AsSpan(0, length), JsonSerializerOptions.Web) is
            { ExperimentIds: not null, Filter: not null, Orders: not null, Datasets: not null, After.Length: > 0 } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Problem Mismatch(string what, string asked, string wanted, string found) =>
        Invalid($"{what} in the page token does not match the requested {asked}. Expected: {wanted}. Found: {found}");

    private static string Shown(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(text => $"'{text}'"))}]";

    private static Problem Invalid(string detail) => Problem.Invalid("page_token", detail);

    /// <summary>An order as it was asked for.</summary>
    internal sealed record OrderBy(string FieldName, bool Ascending, string? DatasetName, string? DatasetDigest);
}
