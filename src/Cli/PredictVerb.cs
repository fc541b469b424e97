using System.CommandLine;
using System.Text.Json;
using Slipway.Client;

namespace Slipway.Cli;

/// <summary>Asks an endpoint for predictions of the rows in a file.</summary>
internal static class PredictVerb
{
    public static Command Create()
    {
        var name = new Argument<string>("ENDPOINT") { Description = "Name of the endpoint" };
        var file = new Argument<string>("FILE") { Description = "A CSV file with a header, or JSON as the scoring protocol takes it ({\"dataframe_records\": [{…}]})" };
        return new Command("predict", "Asks an endpoint for predictions of the rows in a file; a column unit_id says by what the traffic is split.") { name, file }.InWorkspace(async (parsed, client, workspace, ct) =>
        {
            var path = parsed.GetValue(file)!;
            var predictions = await Ask(client, $"/w/{Uri.EscapeDataString(parsed.GetValue(Verb.Workspace)!)}/endpoints/{Uri.EscapeDataString(parsed.GetValue(name)!)}/invocations", path, ct);
            if (parsed.Json(predictions)) { return 0; }

            var rows = predictions.GetProperty("predictions").EnumerateArray().ToList();
            if (rows.Count == 0) { return 0; }

            string[] columns = [.. rows[0].EnumerateObject().Select(property => property.Name)];
            TextTable.Print(["ROW", .. columns], [.. rows.Select((row, place) => (IReadOnlyList<string?>)[Show.Count(place + 1), .. columns.Select(column => row.GetProperty(column).ToString())])], 0);
            return 0;
        });
    }

    private static async Task<JsonElement> Ask(SlipwayClient client, string address, string path, CancellationToken ct)
    {
        try
        {
            await using var content = File.OpenRead(path);
            return await client.Upload<JsonElement>(HttpMethod.Post, address, content, path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "text/csv" : "application/json", ct);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException) { throw new SlipwayException($"{path} cannot be read: {error.Message}"); }
    }
}
