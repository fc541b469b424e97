using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Client;

namespace Slipway.Server;

/// <summary>The rows of a CSV file as requests for predictions, over the Open Inference Protocol V2.</summary>
internal sealed class DemoTraffic
{
    private const int AtOnce = 8;
    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<string[]> _rows;
    private int _next;

    private DemoTraffic(IReadOnlyList<string> columns, IReadOnlyList<string[]> rows) => (_columns, _rows) = (columns, rows);

    /// <exception cref="IOException">It cannot be read, or has texts in quotes, which this reader does not know.</exception>
    public static DemoTraffic Read(string path)
    {
        var lines = File.ReadAllLines(path);
        if (Array.Exists(lines, line => line.Contains('"', StringComparison.Ordinal))) { throw new IOException($"{path} has texts in quotes; the traffic of a demo is plain CSV."); }

        return lines.Length > 1 ? new DemoTraffic(lines[0].Split(','), [.. lines.Skip(1).Select(line => line.Split(','))]) : throw new IOException($"{path} has no rows.");
    }

    /// <summary>Sends the next rows, one in a request, each with a unit of its own; after the last row it begins again, with new units.</summary>
    /// <param name="factors">Columns that are multiplied, and by how much; a refusal by the model's contract is counted.</param>
    /// <param name="enough">Asked between requests; true = send no more.</param>
    public async Task<DemoAnswers> Send(SlipwayClient client, string endpoint, int rows, IReadOnlyDictionary<string, double> factors, Func<bool> enough, CancellationToken ct)
    {
        var inputs = (await client.Get<JsonObject>($"/v2/models/{Uri.EscapeDataString(endpoint)}", ct))["inputs"]!.AsArray().Select(input => new Input(
            (string)input!["name"]!, (string)input["datatype"]!, input["shape"]!.AsArray().Count, IndexOf((string)input["name"]!))).ToList();
        var (answered, refused, example) = (0, 0, (string?)null);
        await Parallel.ForEachAsync(Enumerable.Range(0, rows), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (_, stop) =>
        {
            if (enough()) { return; }

            var number = Interlocked.Increment(ref _next);
            try
            {
                await client.Post<JsonObject, JsonObject>($"/v2/models/{Uri.EscapeDataString(endpoint)}/infer", Request(inputs, _rows[(number - 1) % _rows.Count], number, factors), stop);
                Interlocked.Increment(ref answered);
            }
            catch (SlipwayException error) when (error.Status == 400)
            {
                Interlocked.Increment(ref refused);
                example ??= error.Message;
            }
        });
        return new DemoAnswers(answered, refused, example);
    }

    private static JsonObject Request(IReadOnlyList<Input> inputs, string[] row, int number, IReadOnlyDictionary<string, double> factors) => new()
    {
        ["parameters"] = new JsonObject { ["unit_id"] = number.ToString(CultureInfo.InvariantCulture) },
        ["inputs"] = new JsonArray([.. inputs.Select(input => new JsonObject
        {
            ["name"] = input.Name,
            ["datatype"] = input.Type,
            ["shape"] = new JsonArray([.. Enumerable.Repeat(1, input.Rank).Select(one => (JsonNode)one)]),
            ["data"] = new JsonArray(input.Type switch
            {
                "BYTES" => (JsonNode)row[input.Column],
                "BOOL" => bool.Parse(row[input.Column]),
                _ => double.Parse(row[input.Column], CultureInfo.InvariantCulture) * factors.GetValueOrDefault(input.Name, 1),
            }),
        })]),
    };

    private int IndexOf(string column)
    {
        var index = _columns.ToList().IndexOf(column);
        return index >= 0 ? index : throw new IOException($"The model takes '{column}', which the traffic does not have.");
    }

    private sealed record Input(string Name, string Type, int Rank, int Column);
}

/// <param name="Refusal">One of the refusals; null = there was none.</param>
internal sealed record DemoAnswers(int Answered, int Refused, string? Refusal);
