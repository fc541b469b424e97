using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Slipway.Kernel.Contracts;
using Slipway.Pipelines.Contracts;

namespace Slipway.Bench;

/// <summary>The scorecard of <c>samples/mortgage</c> and its challenger, registered as versions 1 and 2 by their pipelines.</summary>
internal static class Scorecard
{
    private const string Api = "/api/v1/w/default/";
    private static readonly string Samples = Path.GetFullPath(Path.Combine("samples", "mortgage"));

    /// <returns>The name of the model.</returns>
    public static async Task<string> Register(HttpClient http)
    {
        var files = new Dictionary<string, string>();
        foreach (var name in (string[])["hmda.csv", "hmda.contract.yaml"])
        {
            using var answer = await http.PostAsync(Api + "pipelines/files", new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(Samples, name))));
            files[name] = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<PipelineFileView>(WireJson.Options))!.Digest;
        }

        foreach (var name in (string[])["pipeline.yaml", "challenger.yaml"])
        {
            var run = (await (await Post(http, "pipeline-runs", new StartPipelineRunRequest(await File.ReadAllTextAsync(Path.Combine(Samples, name)), files))).Content.ReadFromJsonAsync<PipelineRunView>(WireJson.Options))!;
            for (; run.EndedMs is null; run = (await http.GetFromJsonAsync<PipelineRunView>($"{Api}pipeline-runs/{run.Id}", WireJson.Options))!) { await Task.Delay(50); }

            if (run.State != PipelineRunState.Succeeded) { throw new InvalidOperationException($"{name} went wrong: {string.Join(' ', run.Steps.Select(step => step.Problem?.Detail))}"); }
        }

        return "mortgage-scorecard";
    }

    /// <summary>The first row of the data as a request of one row, with the inputs that the endpoint says it takes.</summary>
    public static string Body(JsonObject? metadata)
    {
        var lines = File.ReadLines(Path.Combine(Samples, "hmda.csv")).Take(2).Select(line => line.Split(',')).ToList();
        var row = lines[0].Zip(lines[1]).ToDictionary(cell => cell.First, cell => cell.Second);
        var inputs = metadata!["inputs"]!.AsArray().Select(input =>
        {
            var (name, type) = ((string)input!["name"]!, (string)input["datatype"]!);
            JsonNode value = type == "BYTES" ? row[name] : double.Parse(row[name], CultureInfo.InvariantCulture);
            return new JsonObject { ["name"] = name, ["shape"] = new JsonArray([.. input["shape"]!.AsArray().Select(_ => JsonValue.Create(1))]), ["datatype"] = type, ["data"] = new JsonArray(value) };
        });
        return new JsonObject { ["inputs"] = new JsonArray([.. inputs]) }.ToJsonString();
    }

    public static async Task<HttpResponseMessage> Post(HttpClient http, string path, object body)
    {
        var answer = await http.PostAsync(Api + path, JsonContent.Create(body, body.GetType(), options: WireJson.Options));
        return answer.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
    }
}
